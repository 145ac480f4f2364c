import type { Problem } from '../../../../core/problems.ts'
import { type Delivered, type Held, held, type Work } from '../work.ts'
import { again, type Dock, isOpen, type Transfer } from './dock.ts'
import { fillIn } from './fill-in.ts'
import { carries, type Marker, markerOf, signsIn } from './marker.ts'
import type { StockNames } from './names.ts'
import { received, validate } from './validate.ts'
import type { Goods } from './way.ts'

/**
 * Takes goods into transfers, or out by them. Quantities and the sign of the reference are written in one transaction,
 * then, where they are to be booked, the transfers are validated in one call; what is missing stays behind as a backorder.
 * The sign on a done transfer says that the goods are booked: nothing is booked twice, whenever an attempt died and
 * whatever answer was lost.
 * @param closed why nothing can be booked where no transfer is open
 * @param step of a receipt that is booked as it grows: what tells this step from the others (marker.ts)
 */
export async function bookGoods(
  work: Work,
  names: StockNames,
  goods: Goods,
  dock: Dock,
  { closed, step }: { closed: () => Problem | Promise<Problem>; step?: string },
): Promise<Delivered | Held> {
  const { odoo, reference } = work
  const marker = markerOf(reference, goods, dock.way, step)
  const settled = known(goods, marker, dock)
  if (settled?.adopted) return received(dock, settled.transfers, dock.transfers, { adopted: true, warnings: [] })
  const open = dock.transfers.filter(isOpen)
  if (!settled && open.length === 0) return held([await closed()])
  const warnings: Problem[] = []
  // Filled in before: by an attempt that died, or by a person since. It is booked as it stands.
  let targets = settled?.transfers
  if (!targets) {
    const filled = await fillIn(work, names, goods, marker, dock, open)
    if ('outcome' in filled) return filled
    targets = filled.transfers
    warnings.push(...filled.warnings)
  }
  if (goods.mode === 'validate') return validate(work, dock, targets, warnings)
  return received(dock, targets, await again(odoo, dock), { adopted: false, warnings })
}

/** True where an open transfer has a sign only because it is the copy of a done one that carries it. */
const isCopy = (one: Transfer, booked: readonly Transfer[], all: readonly Transfer[]): boolean => {
  const from = all.find(({ id }) => id === one.backorderOf)
  return from !== undefined && (booked.includes(from) || isCopy(from, booked, all))
}

/** What transfers say of these goods: booked or announced already, or filled in and not booked yet. */
function known(
  { mode }: Goods,
  { receipt, settles, content }: Marker,
  { transfers }: Dock,
): { adopted: boolean; transfers: Transfer[] } | undefined {
  const booked = transfers.filter(({ state, note }) => state === 'done' && carries(note, settles))
  const filled = transfers.filter((one) => isOpen(one) && carries(one.note, content) && !isCopy(one, booked, transfers))
  // An attempt that died between two transfers filled in some of them only.
  const meant = Math.max(
    0,
    ...filled.flatMap(({ note }) =>
      signsIn(note, receipt).map((sign) => (sign.content === content ? sign.transfers : 0)),
    ),
  )
  if (filled.length + booked.length < meant) return undefined
  if (mode === 'announce') {
    const announced = [...booked, ...filled]
    return announced.length > 0 ? { adopted: true, transfers: announced } : undefined
  }
  if (filled.length > 0) return { adopted: false, transfers: filled }
  return booked.length > 0 ? { adopted: true, transfers: booked } : undefined
}
