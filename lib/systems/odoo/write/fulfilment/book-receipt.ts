import { Failure } from '../../../../core/failures.ts'
import { contentHash } from '../../../../core/hash.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { StowedReceiptRecord } from '../../records.ts'
import { bookGoods } from '../receipt/book.ts'
import { again, type Dock, findDock, isOpen } from '../receipt/dock.ts'
import { signOf } from '../receipt/marker.ts'
import { type StockNames, stockNames } from '../receipt/names.ts'
import { closed } from '../receipt/receive.ts'
import { received } from '../receipt/validate.ts'
import type { Goods } from '../receipt/way.ts'
import { type Product, resolveProducts } from '../resolve/product.ts'
import { readUnits, type Units } from '../resolve/unit.ts'
import { type Delivered, type Held, held, type Work } from '../work.ts'
import { type Booked, bookedBy } from './booked.ts'
import { difference } from './difference.ts'
import { withExtra } from './extra.ts'

/** What one receiving order's write works on. */
interface Stowing {
  work: Work
  names: StockNames
  units: Units
  record: StowedReceiptRecord
  products: readonly (Product | undefined)[]
  sign: string
}

/**
 * Books on the receipts of a purchase order what is stowed in total less what this reference has booked so far, as its
 * sign on done transfers tells. So a repeat books nothing, an older state books nothing after a newer one, and what an
 * attempt that died left half done is completed. Receiving orders of one purchase order add up: each has its own reference.
 * What is more than ordered is booked with a warning; less than before is for a person.
 */
export async function bookReceipt(work: Work, record: StowedReceiptRecord): Promise<Delivered | Held> {
  const { odoo } = work
  const [names, dock, units] = await Promise.all([
    stockNames(odoo),
    findDock(odoo, record.order.trim()),
    readUnits(odoo),
  ])
  if ('outcome' in dock) return dock
  const sign = signOf(work.reference, dock.way.sign)
  const booked = await bookedBy(odoo, names, units, dock.transfers, sign)
  if (Math.floor(Date.parse(record.at ?? '') / 1000) < booked.newest) return asBooked(dock, booked)
  const problems: Problem[] = []
  const asked = record.lines.map(({ product, path }) => ({ ref: product, path }))
  const products = await resolveProducts(odoo, asked, problems, dock.vendorId)
  if (problems.length > 0) return held(problems)
  const stowing: Stowing = { work, names, units, record, products, sign }
  const outcome = await bookStep(stowing, dock, booked)
  if (outcome.outcome === 'held') return outcome
  if (!record.complete || record.shortage !== 'cancel') return outcome
  await callOffRest(work, await again(odoo, dock))
  return outcome
}

/** One step: the difference, on transfers that nobody else's step fills meanwhile. */
async function bookStep(stowing: Stowing, at: Dock, booked: Booked): Promise<Delivered | Held> {
  const { work, names, units, record, products, sign } = stowing
  const { odoo } = work
  const found = difference(record, products, booked)
  if (found.problems.length > 0) return held(found.problems)
  if (found.lines.length === 0) return asBooked(at, booked)
  const step = contentHash([...booked.goods].map(([id, lots]) => [id, ...[...lots].flat()])).slice(0, 12)
  const lines = found.lines.flatMap((line) => {
    const product = products[record.lines.findIndex(({ path }) => path === line.path)]
    return product ? [{ line, product }] : []
  })
  const { dock, warnings } = await withExtra(work, names, at, lines, step)
  const goods: Goods = {
    order: record.order,
    mode: 'validate',
    note: `receiving order ${record.receivingOrder}`,
    lines: found.lines,
    ...(record.destination === undefined ? {} : { place: record.destination }),
    ...(record.at === undefined ? {} : { at: record.at }),
  }
  const outcome = await bookGoods(work, names, goods, dock, { closed: () => closed(dock), step })
  if (outcome.outcome === 'held') return outcome
  // An attempt that was overtaken may have filled in an older total just before it was booked.
  const after = await bookedBy(odoo, names, units, await again(odoo, dock), sign)
  const left = difference(record, products, after)
  if (left.problems.length > 0) return held(left.problems)
  if (left.lines.length > 0)
    throw new Failure('transient', 'ODOO_BUSY', `The receipts of ${dock.name} were changed by somebody else.`)
  return { ...outcome, adopted: false, warnings: [...warnings, ...outcome.warnings] }
}

/** Nothing is left to book. */
const asBooked = (dock: Dock, { transfers }: Booked): Delivered => ({
  ...received(dock, transfers, dock.transfers, { adopted: true, warnings: [] }),
  ...(transfers.length > 0
    ? {}
    : { targetId: `stock.picking/${dock.transfers[0]?.id ?? 0}`, targetNumbers: [dock.name] }),
})

/** What is still expected is not any more. Twice is harmless: what is cancelled stays so. */
async function callOffRest({ odoo }: Work, transfers: Dock['transfers']): Promise<void> {
  const ids = transfers.filter(isOpen).map(({ id }) => id)
  if (ids.length > 0) await odoo.call({ model: 'stock.picking', method: 'action_cancel', ids, writes: true })
}
