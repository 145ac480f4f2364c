import type { Json } from '../../../../core/exchange.ts'
import { Refusal } from '../../../../core/failures.ts'
import type { Problem } from '../../../../core/problems.ts'
import { type Delivered, type Held, held, listed, problem, type Work } from '../work.ts'
import { again, type Dock, isOpen, type Transfer } from './dock.ts'

/**
 * Books transfers in one call, so that either all are done or none. Any answer may be a dialog that did nothing, or a
 * report of one that is done (odoo.md §8.3): the states afterwards decide, also where Odoo refuses, since an earlier
 * attempt's call may have arrived.
 */
export async function validate(
  { odoo }: Work,
  dock: Dock,
  targets: readonly Transfer[],
  warnings: Problem[],
): Promise<Delivered | Held> {
  let answer: Json = null
  let refused: Refusal | undefined
  try {
    answer = await odoo.call({
      model: 'stock.picking',
      method: 'button_validate',
      ids: targets.map(({ id }) => id),
      context: { skip_backorder: true, skip_sms: true },
      writes: true,
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refused = error
  }
  const after = await again(odoo, dock)
  const now = after.filter(({ id }) => targets.some((one) => one.id === id))
  const undone = now.filter(({ state }) => state !== 'done')
  if (undone.length === 0) return received(dock, now, after, { adopted: false, warnings })
  const which = listed(undone.map(({ name }) => name))
  const message = `The quantities of ${which} are filled in, but Odoo ${question(answer)} instead of booking them.`
  return held(refused ? refused.problems : [problem(dock.way.unfinished, message, 'order')], resultOf(undone, after))
}

/** The dialog that Odoo would show. */
function question(answer: Json): string {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return 'did nothing'
  const name = [answer.name, answer.res_model].find((one) => typeof one === 'string')
  return name === undefined ? 'asks a question' : `asks "${String(name)}"`
}

/** The receipt as it stands. */
export const received = (
  { name }: Dock,
  targets: readonly Transfer[],
  after: readonly Transfer[],
  { adopted, warnings }: { adopted: boolean; warnings: Problem[] },
): Delivered => ({
  outcome: 'delivered',
  targetId: `stock.picking/${targets[0]?.id ?? 0}`,
  targetNumbers: [...new Set([...targets.map((one) => one.name), name])],
  result: resultOf(targets, after),
  adopted,
  warnings,
})

/** ReceiptResult in records.ts. */
function resultOf(targets: readonly Transfer[], after: readonly Transfer[]): { [key: string]: Json } {
  const rest = after.find((one) => isOpen(one) && targets.some(({ id }) => id === one.backorderOf))
  const now = targets.map((one) => after.find(({ id }) => id === one.id) ?? one)
  return {
    picking: now.map(({ name }) => name).join(', '),
    id: now[0]?.id ?? 0,
    state: now.find(isOpen)?.state ?? now[0]?.state ?? '',
    ...(rest ? { backorder: rest.name } : {}),
  }
}
