import { add, equal } from '../../../../core/decimal.ts'
import { Failure, Refusal } from '../../../../core/failures.ts'
import type { Problem } from '../../../../core/problems.ts'
import { readProducts, resolveProducts } from '../resolve/product.ts'
import { readUnits } from '../resolve/unit.ts'
import { type Delivered, type Held, held, problem, type Work } from '../work.ts'
import { resolveDetails } from './detail.ts'
import { again, type Dock, isOpen, type Move, readMoves, type Transfer } from './dock.ts'
import { type Filling, valuesFor } from './fill.ts'
import { announcementsIn, carries, type Marker, markerOf, signsIn } from './marker.ts'
import { match, total } from './match.ts'
import { readMoveLines } from './move-lines.ts'
import type { StockNames } from './names.ts'
import { packagesOf } from './packages.ts'
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
    const filled = await fill(work, names, goods, marker, dock, open)
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

/** Finds what takes the goods and writes it; held with every problem where something does not fit. */
async function fill(
  work: Work,
  names: StockNames,
  goods: Goods,
  marker: Marker,
  dock: Dock,
  open: readonly Transfer[],
): Promise<{ transfers: Transfer[]; warnings: Problem[] } | Held> {
  const { odoo, reference } = work
  const { way } = dock
  const moves = await readMoves(odoo, names, open)
  const found: Problem[] = []
  const asked = goods.lines.map(({ product, path }) => ({ ref: product, path }))
  const [known, products, units] = await Promise.all([
    readProducts(
      odoo,
      moves.map(({ productId }) => productId),
    ),
    resolveProducts(odoo, asked, found, dock.vendorId),
    readUnits(odoo),
  ])
  const { before, alone, unclear } = announcedBefore(goods, marker, dock)
  const facts = { products, problems: found, units, known, before, over: way.over }
  const matched = match(dock.name, goods.lines, moves, facts)
  const { taken } = matched
  const companyId = open[0]?.companyId ?? 0
  const lines = await readMoveLines(
    odoo,
    names,
    taken.map(({ move }) => move.id),
  )
  const detailed = await resolveDetails(odoo, { names, goods, way }, taken, lines, companyId)
  const problems = [...matched.problems, ...detailed.problems]
  if (unclear)
    problems.push(
      problem(
        way.differs,
        `Several shipments are announced on ${unclear.name}, and this one changed: correct its quantities by hand.`,
        'order',
      ),
    )
  if (problems.length === 0 && taken.length === 0)
    problems.push(problem('ODOO_LINE_NOT_FOUND', `The document for ${dock.name} has no quantities.`, 'lines'))
  if (problems.length > 0) return held(problems)
  const { details } = detailed
  const packages = await packagesOf(odoo, names, details)
  const filling: Filling = { names, way, record: goods, reference, marker, taken, details, packages, lines, alone }
  const transfers = open.filter(({ id }) => taken.some(({ move }) => move.transferId === id))
  for (const transfer of transfers) await write(work, transfer, valuesFor(filling, transfer, moves))
  const differing = await compareWritten(work, filling, transfers)
  return differing.length > 0 ? held(differing) : { transfers, warnings: [...matched.warnings, ...detailed.warnings] }
}

/**
 * Announcements add up; a receipt that books tells whole figures. An announcement that a done transfer carries came with
 * the copy. One that is told anew replaces itself, which is clear only where it stands alone.
 */
function announcedBefore(
  { mode }: Goods,
  { receipt }: Marker,
  { transfers }: Dock,
): { before: (move: Move) => string; alone: ReadonlySet<number>; unclear: Transfer | undefined } {
  const over = new Set(transfers.filter(({ state }) => state === 'done').flatMap(({ note }) => announcementsIn(note)))
  const announced = transfers
    .filter(isOpen)
    .map((transfer) => ({ transfer, by: announcementsIn(transfer.note).filter((one) => !over.has(one)) }))
  const others = announced.filter(({ by }) => by.some((one) => one !== receipt))
  const own = announced.filter(({ by }) => by.includes(receipt))
  const counts = new Set(others.map(({ transfer }) => transfer.id))
  return {
    before: (move) => (mode === 'announce' && counts.has(move.transferId) && move.picked ? move.quantity : '0'),
    alone: new Set(own.filter((one) => !others.includes(one)).map(({ transfer }) => transfer.id)),
    unclear: mode === 'announce' ? own.find((one) => others.includes(one))?.transfer : undefined,
  }
}

async function write(work: Work, transfer: Transfer, vals: ReturnType<typeof valuesFor>): Promise<void> {
  try {
    await work.odoo.call({ model: 'stock.picking', method: 'write', ids: [transfer.id], args: { vals }, writes: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const [now] = await work.odoo.read('stock.picking', [transfer.id], ['state'])
    if (now?.state === transfer.state) throw error
    // Booked or cancelled since it was looked at, perhaps by an earlier attempt of ours.
    throw new Failure('transient', 'ODOO_BUSY', `The transfer ${transfer.name} was changed by somebody else.`)
  }
}

/** What Odoo rounded or did not take, before anything is booked. */
async function compareWritten(
  work: Work,
  { names, way, taken }: Filling,
  transfers: readonly Transfer[],
): Promise<Problem[]> {
  const moves = await readMoves(work.odoo, names, transfers)
  return taken.flatMap(({ move, before, pieces }) => {
    const wanted = add(before, total(pieces))
    const now = moves.find(({ id }) => id === move.id)
    if (now && equal(now.quantity, wanted)) return []
    const message = `${move.productName} has ${now?.quantity ?? 'no'} in Odoo, where ${wanted} was written; nothing is booked.`
    return [problem(way.differs, message, pieces[0]?.line.path)]
  })
}
