import { cut, tableLines, widthOf, wrap } from '../../cli/layout.ts'
import { commandLine } from '../../cli/next.ts'
import { recordText } from '../../cli/show/record.ts'
import { didYouMean } from '../../cli/suggest.ts'

describe('what the command prints', () => {
  test('keeps columns straight with colours and wide characters', () => {
    const lines = tableLines(
      [{ title: 'name' }, { title: 'n', right: true }],
      [
        ['\u001b[32m東京\u001b[39m', '7'],
        ['a', '120'],
      ],
    )
    expect(lines.map(widthOf)).toEqual([9, 9, 9])
  })

  test('cuts and breaks lines by what they take on a terminal', () => {
    expect(cut('delivered', 5)).toBe('deli…')
    expect(wrap('one two three four five six', 20, '  ')).toBe('one two three four\n  five six')
  })

  test('quotes an argument that the shell would change', () => {
    expect(commandLine('trace', "sps:order:a/b#1'")).toBe(`npm run cli -- trace 'sps:order:a/b#1'\\'''`)
  })

  test('shows a record without the wrapping of its values', () => {
    const record = { CustomerID: { value: 'C1' }, Note: {}, Details: [{ Qty: { value: 3 } }, { Qty: { value: 4 } }] }
    expect(recordText(record)).toBe('CustomerID: C1\nNote: (empty)\nDetails:\n  - Qty: 3\n  - Qty: 4')
  })

  test('finds the word that was meant, or lists what there is', () => {
    expect(didYouMean('purchase-ordr', ['invoice', 'purchase-order'])).toBe('did you mean "purchase-order"?')
    expect(didYouMean('x', ['invoice', 'ship-notice'])).toBe('use one of invoice, ship-notice')
  })
})
