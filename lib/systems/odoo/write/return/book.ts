import type { Json } from '../../../../core/exchange.ts'
import { Failure, Refusal } from '../../../../core/failures.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { ReturnRecord } from '../../records.ts'
import { stockNames } from '../receipt/names.ts'
import { readUnits } from '../resolve/unit.ts'
import { type Delivered, type Held, held, listed, problem, type Work } from '../work.ts'
import { differences } from './check.ts'
import { attachLines, fits, type Making, makeTransfer } from './make.ts'
import { bookedOf, isOpen, type OwnReturn, readOwn } from './own.ts'
import { type Places, resolvePlaces } from './places.ts'
import { allot, difference, type Part } from './plan.ts'
import { deliveriesOf, readReturned, readSent } from './sent.ts'
import { contentOf } from './sign.ts'
import { resolveWanted } from './wanted.ts'

/**
 * Books what came back of a shipment and what was done with it, as returns of the deliveries it left by. The record tells
 * totals; what is told less what this reference has booked is booked now, for each product, lot and action. So a return
 * that is told again books nothing, and one that grows books its growth; one that shrinks, and goods that were not sent,
 * are for a person, every problem at once.
 *
 * Each delivery and action is a transfer of its own; all are validated in one call, so either everything is booked or
 * nothing. Every step first looks what an earlier attempt left.
 */
export async function bookReturn(work: Work, record: ReturnRecord): Promise<Delivered | Held> {
  const { odoo } = work
  const sentBy = await deliveriesOf(odoo, record)
  if ('outcome' in sentBy) return sentBy
  const [names, units, own] = await Promise.all([stockNames(odoo), readUnits(odoo), readOwn(work)])
  const [sent, booked] = await Promise.all([readSent(odoo, names, units, sentBy), bookedOf(odoo, names, units, own)])
  const [returned, resolved] = await Promise.all([
    readReturned(odoo, names, units, sent),
    resolveWanted(odoo, names, record, sent),
  ])
  const open = own.filter(isOpen)
  const { missing, problems: less } = difference(resolved.wanted, booked)
  const { places, problems: lost } = await resolvePlaces(
    odoo,
    missing.map(({ wanted }) => wanted),
    sentBy[0]?.companyId ?? 0,
  )
  const others = returned.filter(({ transferId }) => !open.some(({ id }) => id === transferId))
  const transferNames = await namesOfTransfers(
    work,
    own,
    others.map(({ transferId }) => transferId),
  )
  const { parts, problems: more } = allot(missing, sent, others, (id) => transferNames.get(id) ?? String(id))
  const problems = [...resolved.problems, ...less, ...lost, ...more]
  if (resolved.wanted.size === 0 && problems.length === 0)
    problems.push(problem('ODOO_LINE_NOT_FOUND', `Return ${record.returnNumber} has no quantities.`, 'lines'))
  if (problems.length > 0) return held(problems)

  const before = contentOf([...booked].map(([key, { quantity }]) => [key, quantity]).sort())
  const dated = missing.some(({ wanted }) => wanted.lot && 'name' in wanted.lot && wanted.lot.expires !== undefined)
  const making: Making = { names, units, record, places, dated, booked: before }
  const filled = await prepare(work, making, parts, open)
  if ('outcome' in filled) return filled
  if (filled.length === 0)
    return delivered(
      own.filter(({ state }) => state === 'done'),
      true,
      resolved.warnings,
    )
  return validate(work, filled, resolved.warnings)
}

/** The transfers of the parts; those of earlier attempts that are not wanted any more are cancelled. */
async function prepare(
  work: Work,
  making: Making,
  parts: readonly Part[],
  open: readonly OwnReturn[],
): Promise<OwnReturn[] | Held> {
  const ready: OwnReturn[] = []
  const plans = parts.map((part) => ({ part, content: contentOf(saidOf(part, making.places)) }))
  const standing = plans.map(({ part, content }) => open.find((one) => fits(one, part, content)))
  await cancel(
    work,
    open.filter((one) => !standing.includes(one)),
  )
  for (const [i, { part, content }] of plans.entries()) {
    // Made before: by an attempt that died, and perhaps corrected by a person since. It is booked as it stands.
    const own = standing[i] ?? (await makeTransfer(work, making, part, i, content))
    await attachLines(work, own)
    const problems = standing[i] ? [] : await differences(work, making, part, own)
    if (problems.length > 0) return held(problems)
    ready.push(own)
  }
  return ready
}

/** What a transfer is for: the delivery, and which lots of which moves go where. */
const saidOf = ({ deliveryId, pieces }: Part, places: Places): Json => [
  deliveryId,
  ...pieces.map(({ move, wanted, quantity }): Json => {
    const lot = wanted.lot && ('id' in wanted.lot ? wanted.lot.id : wanted.lot.name)
    return [move.id, quantity, lot ?? null, places(wanted) ?? null]
  }),
]

async function cancel({ odoo }: Work, transfers: readonly OwnReturn[]): Promise<void> {
  if (transfers.length === 0) return
  const ids = transfers.map(({ id }) => id)
  await odoo.call({ model: 'stock.picking', method: 'action_cancel', ids, writes: true })
}

async function namesOfTransfers(
  { odoo }: Work,
  own: readonly OwnReturn[],
  further: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await odoo.read('stock.picking', [...new Set(further)], ['name'])
  return new Map([...own, ...rows].map(({ id, name }) => [id, String(name)]))
}

/** Any answer may be a dialog that did nothing, or a report of one that is done (odoo.md §8.3): the states decide. */
async function validate(work: Work, transfers: readonly OwnReturn[], warnings: Problem[]): Promise<Delivered | Held> {
  const { odoo } = work
  const ids = transfers.map(({ id }) => id)
  let refused: Refusal | undefined
  try {
    const context = { skip_backorder: true, skip_sms: true }
    await odoo.call({ model: 'stock.picking', method: 'button_validate', ids, context, writes: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refused = error
  }
  const states = new Map((await odoo.read('stock.picking', ids, ['state'])).map((row) => [row.id, String(row.state)]))
  const now = transfers.map((one) => ({ ...one, state: states.get(one.id) ?? 'cancel' }))
  const undone = now.filter(({ state }) => state !== 'done')
  if (undone.some(({ state }) => state === 'cancel'))
    throw new Failure('transient', 'ODOO_BUSY', `The return ${work.reference} was changed by somebody else.`)
  if (undone.length === 0) return delivered(now, false, warnings)
  const which = listed(undone.map(({ name }) => name))
  const message = `The returns ${which} are made, but Odoo asks a question or does nothing instead of booking them.`
  return held(refused ? refused.problems : [problem('ODOO_RETURN_UNFINISHED', message)], resultOf(now))
}

const delivered = (transfers: readonly OwnReturn[], adopted: boolean, warnings: Problem[]): Delivered => ({
  outcome: 'delivered',
  targetId: `stock.picking/${transfers[0]?.id ?? 0}`,
  targetNumbers: transfers.map(({ name }) => name),
  result: resultOf(transfers),
  adopted,
  warnings,
})

const resultOf = (transfers: readonly OwnReturn[]): { [key: string]: Json } => ({
  transfers: transfers.map(({ id, name, state, action }) => ({ id, name, state, action })),
})
