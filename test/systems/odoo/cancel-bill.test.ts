import fc from 'fast-check'
import type { Fault } from '../../../sandbox/systems/shared/faults.ts'
import { bill, booksOf, cost, key } from './billing.ts'
import { closeCompanies, codesOf, Pusher, startCompany, type TestCompany } from './writing.ts'

afterEach(closeCompanies)

async function billed(version: 18 | 19, post: boolean): Promise<{ company: TestCompany; push: Pusher }> {
  const company = await startCompany(version)
  const push = new Pusher(company)
  const lines = [cost('6.58'), cost('45', { taxes: ['15%'] })]
  expect(await push.write('create-bill', bill(lines, '58.33', { post }), key())).toMatchObject({ outcome: 'delivered' })
  return { company, push }
}

const movesOf = (company: TestCompany) =>
  company.records('account.move').map((m) => `${m.move_type} ${m.state} ${m.amount_total}`)

/** What every account has in the end, in cents; accounts with nothing are left out. */
function balances(company: TestCompany): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const line of booksOf(company, 'posted')) {
    const [account = '', , balance = '0'] = line.split(' ')
    sums[account] = (sums[account] ?? 0) + Math.round(Number(balance) * 100)
  }
  return Object.fromEntries(Object.entries(sums).filter(([, cents]) => cents !== 0))
}

describe.each([18, 19] as const)('a bill in Odoo %i that is taken back', (version) => {
  test('is cancelled while it is a draft', async () => {
    const { company, push } = await billed(version, false)
    expect(await push.write('cancel-bill', {}, key())).toMatchObject({ outcome: 'delivered', adopted: false })
    expect(movesOf(company)).toEqual(['in_invoice cancel 58.33'])
    expect(await push.write('cancel-bill', {}, key(), true)).toMatchObject({ outcome: 'delivered', adopted: true })
  })

  test('is reversed once it is posted: the books stand as before, and it is not paid any more', async () => {
    const { company, push } = await billed(version, true)
    const outcome = await push.write('cancel-bill', {}, key())
    expect(outcome).toMatchObject({ outcome: 'delivered', adopted: false, result: { state: 'posted', total: '58.33' } })
    expect(movesOf(company)).toEqual(['in_invoice posted 58.33', 'in_refund posted 58.33'])
    expect(balances(company)).toEqual({})
    expect(company.one('account.move', [['move_type', '=', 'in_invoice']])).toMatchObject({ payment_state: 'reversed' })
    // Asked for again, it is not reversed again.
    expect(await push.write('cancel-bill', {}, key(), true)).toMatchObject({ outcome: 'delivered', adopted: true })
    expect(movesOf(company)).toHaveLength(2)
  })

  test('is left alone once it is paid: that is for accounting', async () => {
    const { company, push } = await billed(version, true)
    company.write('account.move', company.one('account.move', []).id, { payment_state: 'paid' })
    expect(codesOf(await push.write('cancel-bill', {}, key()))).toEqual(['ODOO_BILL_SETTLED'])
    expect(movesOf(company)).toEqual(['in_invoice posted 58.33'])
  })

  test('that nobody made is said to be missing', async () => {
    const company = await startCompany(version)
    expect(codesOf(await new Pusher(company).write('cancel-bill', {}, key()))).toEqual(['ODOO_BILL_NOT_FOUND'])
  })
})

test('whatever happens to requests, however often an attempt dies, a posted bill is reversed once', async () => {
  const kinds: Fault[] = [
    { kind: 'drop-before' },
    { kind: 'drop-after' },
    { kind: 'truncate' },
    { kind: 'status', status: 502 },
  ]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(18 as const, 19 as const), fc.nat(), async (version, seed) => {
      try {
        const { company, push } = await billed(version, true)
        company.faults.random(seed, 0.1, kinds)
        expect(await push.insist('cancel-bill', {}, key())).toMatchObject({ outcome: 'delivered' })
        company.faults.clear()
        expect(movesOf(company)).toEqual(['in_invoice posted 58.33', 'in_refund posted 58.33'])
        expect(balances(company)).toEqual({})
      } finally {
        await closeCompanies()
      }
    }),
    { numRuns: 8, endOnFailure: true },
  )
}, 60_000)
