import type { Json } from '../../../../core/exchange.ts'
import { nameOf } from '../../bundle.ts'
import { ownNames } from '../../external-ids.ts'
import type { OdooRecord } from '../../rpc.ts'
import { lineOfName, nameOfReference } from '../external-id.ts'
import { decimalOf, textOf, type Work } from '../work.ts'
import type { Shape } from './shape.ts'
import { afterDiscount } from './values.ts'

/** A line as it stands in Odoo. */
export interface StandingLine {
  id: number
  /** The other side's number, where the line is one of ours. */
  line: string | undefined
  record: OdooRecord
}

/** An order as it stands in Odoo. */
export interface Standing {
  id: number
  number: string
  state: string
  locked: boolean
  record: OdooRecord
  /** In the order of their ids; without sections and remarks. */
  lines: StandingLine[]
}

/** Reads an order with its lines; undefined where it is gone. Three calls, whatever its size. */
export async function readStanding(work: Work, shape: Shape, id: number): Promise<Standing | undefined> {
  const { odoo, reference } = work
  const { lines } = shape
  const lineFields = await odoo.fields(lines.model)
  const wanted = ['product_id', shape.quantity, shape.unit, shape.price, shape.discount, shape.text, shape.moved]
  const more = [shape.invoiced, shape.linePlanned?.field, 'display_type']
  const [[record], rows] = await Promise.all([
    odoo.read(shape.model, [id], headerFields(shape)),
    odoo.searchRead(lines.model, [[lines.header, '=', id]], {
      fields: [...wanted, ...more].filter((field): field is string => field !== undefined && field in lineFields),
      order: 'id',
    }),
  ])
  if (!record) return undefined
  const names = await ownNames(
    odoo,
    lines.model,
    rows.map((row) => row.id),
  )
  const order = nameOfReference(reference)
  return {
    id,
    number: textOf(record.name) ?? String(id),
    state: textOf(record.state) ?? '',
    // Up to 16 (purchase orders up to 18), a locked order has a state of its own (odoo.md §12).
    locked: record.locked === true || (record.state === 'done' && shape.model !== 'purchase.requisition'),
    record,
    lines: rows
      .filter((row) => row.display_type === undefined || row.display_type === false)
      .map((row) => ({ id: row.id, line: lineOfName(order, names.get(row.id) ?? ''), record: row })),
  }
}

const headerFields = (shape: Shape): string[] =>
  [
    'name',
    'state',
    'company_id',
    shape.partner,
    shape.shipTo,
    shape.theirReference,
    shape.origin,
    shape.date,
    shape.planned,
    shape.warehouse,
    shape.pickingType,
    'currency_id',
    shape.model === 'sale.order' ? 'pricelist_id' : undefined,
    shape.carrier,
    shape.note?.field,
    shape.total,
    shape.locked,
    shape.agreementKind,
  ].filter((field) => field !== undefined)

/** What later steps need of an order (OrderResult in records.ts): its own lines, in the order wanted or of their ids. */
export function resultOf(shape: Shape, order: Standing, wanted?: readonly string[]): { [key: string]: Json } {
  const ours = order.lines.filter((one) => one.line !== undefined)
  const position = new Map((wanted ?? []).map((line, i) => [line, i]))
  const at = (one: StandingLine) => position.get(one.line ?? '') ?? position.size
  return {
    model: shape.model,
    id: order.id,
    number: order.number,
    state: order.state,
    lines: [...ours]
      .sort((a, b) => at(a) - at(b))
      .map(({ id, line, record }) => ({
        externalRef: line ?? '',
        id,
        quantity: decimalOf(record[shape.quantity]),
        price: netPrice(shape, record),
        unit: nameOf(record[shape.unit]) ?? '',
      })),
  }
}

/** A line's price per unit after its discount. */
export const netPrice = (shape: Shape, record: OdooRecord): string =>
  afterDiscount(decimalOf(record[shape.price]), shape.discount === undefined ? '0' : decimalOf(record[shape.discount]))
