import { endings, orderReferences, startSample, twice } from './support.ts'

test('the same morning over files and with Odoo 18 ends the same', async () => {
  const morning = await startSample({ apiStyle: 'transactions', odooVersion: '18' })
  try {
    await morning.rounds()
    const found = (await endings(morning.work)).filter((d) => d.outcome !== 'skipped')
    const expected = morning.work.sample.morning.expected.filter((d) => d.outcome !== 'skipped')
    const ends = (of: readonly { flow: string; number: string; outcome: string }[]) =>
      of.map((d) => `${d.outcome} ${d.flow} ${d.number}`).toSorted()
    expect(ends(found)).toEqual(ends(expected))
    expect(twice(orderReferences(morning.work.sample))).toEqual([])
    expect(morning.work.embedded.denials()).toEqual([])
  } finally {
    await morning.close()
  }
}, 120_000)
