import { add, equal, isZero, toNumber } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import { Failure, Refusal } from '../../../../core/failures.ts'
import type { Problem } from '../../../../core/problems.ts'
import { readProducts, resolveProducts } from '../resolve/product.ts'
import { readUnits } from '../resolve/unit.ts'
import { type Held, held, problem, type Work } from '../work.ts'
import { resolveDetails } from './detail.ts'
import { type Dock, isOpen, type Move, readMoves, type Transfer } from './dock.ts'
import { type Filling, guard, valuesFor } from './fill.ts'
import { announcementsIn, type Marker } from './marker.ts'
import { match, total } from './match.ts'
import { readMoveLines } from './move-lines.ts'
import type { StockNames } from './names.ts'
import { packagesOf } from './packages.ts'
import type { Goods } from './way.ts'

/** Finds what takes the goods and writes it; held with every problem where something does not fit. */
export async function fillIn(
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
  const read = () =>
    readMoveLines(
      odoo,
      names,
      taken.map(({ move }) => move.id),
    )
  const lines = await read()
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
  const transfers = open.filter(({ id }) => taken.some(({ move }) => move.transferId === id))
  const readied = await ready(work, { names, taken, details, lines }, transfers)
  const filling: Filling = {
    ...{ names, way, record: goods, reference, marker, taken, details, packages, alone },
    lines: readied ? await read() : lines,
  }
  for (const transfer of transfers) await write(work, transfer, valuesFor(filling, transfer, moves))
  const differing = await compareWritten(work, filling, transfers)
  return differing.length > 0 ? held(differing) : { transfers, warnings: [...matched.warnings, ...detailed.warnings] }
}

/**
 * Lines that replace others name them, so that a request that comes twice is refused (fill.ts). Where a move has none,
 * nothing would stop the second one: it is given its quantity first, which is a whole figure.
 * @returns true where lines were made
 */
async function ready(
  work: Work,
  { names, taken, details, lines }: Pick<Filling, 'names' | 'taken' | 'details' | 'lines'>,
  transfers: readonly Transfer[],
): Promise<boolean> {
  const bare = taken.filter(
    ({ move, before }) => details.has(move.id) && isZero(before) && !lines.some(({ moveId }) => moveId === move.id),
  )
  for (const transfer of transfers) {
    const own = bare.filter(({ move }) => move.transferId === transfer.id)
    const commands = own.map(({ move, pieces }): Json => [1, move.id, { [names.moveDone]: toNumber(total(pieces)) }])
    if (commands.length > 0) await write(work, transfer, { ...guard(names, transfer), [names.moves]: commands })
  }
  return bare.length > 0
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
