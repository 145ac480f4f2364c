import type { MapResult } from '../../../core/exchange.ts'
import { createFindings, held, skipped } from '../../../core/findings.ts'
import type { UnidentifiedReceipt } from '../../../documents/receiving-progress.ts'

/** Goods of no receiving order: a person says at ShipBob what they are; then the receiving order tells of them. */
export function unidentified(document: UnidentifiedReceipt): MapResult {
  const find = createFindings()
  const { id, completed, receivingOrder, order, tracking, centre, description } = document
  const what = `Unidentified receiving order ${id}`
  if (completed)
    return skipped(
      find,
      'URO_SETTLED',
      `${what} is settled${receivingOrder === undefined ? '' : `: it belongs to receiving order ${receivingOrder}`}.`,
    )
  const facts = [
    description,
    order === undefined ? undefined : `order ${order}`,
    tracking === undefined ? undefined : `tracking ${tracking}`,
    centre === undefined ? undefined : `at ${centre.name ?? centre.id}`,
  ].filter((fact) => fact !== undefined)
  find.hold(
    'URO_OPEN',
    `${what}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}: ShipBob has goods and does not know whose order they are of.`,
  )
  return held(find)
}
