import { budgetOf, table, withFigures } from '../../bench/figures.ts'

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
})
