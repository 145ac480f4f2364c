import { readTable } from '../../cli/csv/read.ts'
import { writeTable } from '../../cli/csv/write.ts'
import type { TableDefinition } from '../../lib/core/flow.ts'
import { tableVersion } from '../../lib/core/tables.ts'

const partners: TableDefinition = {
  name: 'partners',
  description: 'Which customer a trading partner is.',
  key: ['tradingPartner', 'shipTo'],
  columns: [
    { name: 'tradingPartner', description: 'Issued by the network.', required: true },
    { name: 'shipTo', description: 'Blank = any.', required: false },
    { name: 'customer', description: 'CustomerID.', required: true },
    { name: 'policy', description: 'What to do.', required: false, values: ['hold', 'accept'] },
  ],
}
const read = (text: string | Uint8Array) =>
  readTable(partners, 'partners.csv', typeof text === 'string' ? Buffer.from(text) : text)
const rowsOf = (text: string) => {
  const found = read(text)
  if ('problems' in found) throw new Error(found.problems.map((p) => `${p.path} ${p.message}`).join('\n'))
  return found.rows
}
const problemsOf = (text: string | Uint8Array) => {
  const found = read(text)
  return 'problems' in found ? found.problems : []
}

describe('a table file', () => {
  test('keeps every cell as text, leading zeros too, without outer blanks', () => {
    expect(rowsOf('tradingPartner,shipTo,customer\n3F1, 0012 ,"C0017 "\n')).toEqual([
      { tradingPartner: '3F1', shipTo: '0012', customer: 'C0017', policy: '' },
    ])
  })

  test('may begin with a byte order mark, end lines as Windows does and hold line breaks and quotes', () => {
    const rows = rowsOf('\uFEFFtradingPartner,customer\r\n3F1,"C ""a""\r\nb"\r\n\r\n')
    expect(rows.map((r) => r.customer)).toEqual(['C "a"\r\nb'])
  })

  test('may be separated by semicolons or tabs, as spreadsheets in some countries save it', () => {
    const comma = rowsOf('tradingPartner,customer\n3F1,C1\n')
    expect(rowsOf('tradingPartner;customer\n3F1;C1\n')).toEqual(comma)
    expect(rowsOf('tradingPartner\tcustomer\n3F1\tC1\n')).toEqual(comma)
  })

  test('has the same version whatever the order of its columns and with or without empty ones', () => {
    const one = tableVersion(rowsOf('tradingPartner,customer\n3F1,C1\n'))
    expect(tableVersion(rowsOf('policy,customer,tradingPartner,,\n,C1,3F1,,\n,,,,\n'))).toBe(one)
    expect(tableVersion(rowsOf('tradingPartner,customer\n3F1,C2\n'))).not.toBe(one)
  })

  test('comes back from an export as it was', () => {
    const rows = rowsOf('tradingPartner,shipTo,customer\n3F1,0012,"a, ""b"""\n3F1,,Épicerie\n')
    expect(rowsOf(writeTable(partners, rows))).toEqual(rows)
  })

  test('with several mistakes names them all, each with its line', () => {
    const problems = problemsOf(
      'tradingPartner,shipTo,customer,policy\n3F1,,,hold\n,1,C1,alow\n3F1,,C2,\n3F1,,C3,\n4,,1.2E+12,\n',
    )
    expect(problems.map((p) => [p.path, p.code])).toEqual([
      ['partners.csv:2', 'CSV_VALUE_MISSING'],
      ['partners.csv:3', 'CSV_VALUE_MISSING'],
      ['partners.csv:3', 'CSV_VALUE_INVALID'],
      ['partners.csv:4', 'CSV_KEY_TWICE'],
      ['partners.csv:5', 'CSV_KEY_TWICE'],
      ['partners.csv:6', 'CSV_VALUE_INVALID'],
    ])
    expect(problems.map((p) => p.message)).toContain('tradingPartner "3F1", shipTo "" is already on line 2')
    expect(problems.map((p) => p.message)).toContain('"policy" is "alow"; use one of hold, accept')
  })

  test('counts lines as an editor does, also after a cell with line breaks and an empty line', () => {
    expect(problemsOf('tradingPartner,customer\n3F1,"a\nb"\n\n4,\n').map((p) => p.path)).toEqual(['partners.csv:5'])
  })

  test('with a column nobody knows says which one was meant', () => {
    const [problem, missing] = problemsOf('trading_partner,customer\n3F1,C1\n')
    expect(problem?.message).toBe(
      'there is no column "trading_partner" in the table partners; did you mean "tradingPartner"?',
    )
    expect(missing?.message).toContain('the column "tradingPartner" is missing')
  })

  test('with an unquoted comma in a text says so', () => {
    expect(problemsOf('tradingPartner,customer\n3F1,Harbor,Pine\n').map((p) => p.message)).toEqual([
      'cell 3 ("Pine") has no column; a text with a comma must stand in double quotes',
    ])
  })

  test('that is no CSV in UTF-8 is refused with the way out', () => {
    const codes = [
      problemsOf(''),
      problemsOf(Buffer.from('tradingPartner,customer\n3F1,\xc9picerie\n', 'latin1')),
      problemsOf('tradingPartner,customer\n3F1,"open\n'),
    ].map(([first]) => [first?.code, first?.message])
    expect(codes).toEqual([
      ['CSV_UNREADABLE', 'is empty; the first line must be tradingPartner,shipTo,customer,policy'],
      ['CSV_UNREADABLE', 'is not UTF-8; save it as "CSV UTF-8 (comma delimited)"'],
      ['CSV_UNREADABLE', 'a double quote is opened and never closed'],
    ])
  })
})
