import { setImmediate as turn } from 'node:timers/promises'
import { Pusher, type TestCompany } from './writing.ts'

/** Attempts that run while Odoo still works on a call of the first one (odoo.md §6.1). */
export async function overtaken(
  company: TestCompany,
  call: { model: string; method: string },
  first: (push: Pusher) => Promise<unknown>,
  second: (push: Pusher) => Promise<unknown> = first,
): Promise<void> {
  const slow = company.slow({ ...call, times: 1 })
  const one = first(new Pusher(company)).catch(() => undefined)
  while (slow.held() === 0) await turn()
  const two = second(new Pusher(company)).catch(() => undefined)
  for (let turns = 0; turns < 200; turns += 1) await turn()
  slow.release()
  await Promise.all([one, two])
}
