import { budgetOf, median, table, withFigures } from '../../bench/figures.ts'
import { xmlAnswer } from '../../bench/odoo-answer.ts'
import { decodeResponse } from '../../lib/systems/odoo/xmlrpc/decode.ts'

describe('the bench', () => {
  test('writes its figures between the markers and touches nothing else', () => {
    const text = 'before\n\n<!-- bench:start -->\n\nold\n\n<!-- bench:end -->\n\nafter\n'
    const written = withFigures(text, 'new')
    expect(written).toBe('before\n\n<!-- bench:start -->\n\nnew\n\n<!-- bench:end -->\n\nafter\n')
    expect(withFigures(written, 'new')).toBe(written)
  })

  test('refuses a text without markers, rather than losing its figures', () => {
    expect(() => withFigures('nothing here', 'new')).toThrow('bench:start')
  })

  test('sets every figure beside its budget', () => {
    expect(table([{ name: 'a', value: '1 KB', budget: '450 KB' }])).toBe(
      ['| what | measured | budget |', '| ---- | -------- | ------ |', '| a    | 1 KB     | 450 KB |'].join('\n'),
    )
  })

  test('knows the budget of every kind of function that has one', () => {
    expect(budgetOf('poll/sps')).toEqual(budgetOf('push/acumatica'))
    expect(budgetOf('map').kilobytes).toBe('200 KB')
    expect(budgetOf('keep').kilobytes).toBe('')
  })

  test('is not moved by one slow moment', () => {
    expect(median([3, 1, 900, 2, 2])).toBe(2)
  })

  test('decodes the same records from XML as from JSON', () => {
    const { xml, json, what } = xmlAnswer()
    expect(what).toBe('500 records of 24 fields')
    expect(decodeResponse(xml)).toEqual({ result: JSON.parse(json.toString('utf8')) })
  })
})
