import { type Decimal, divide, multiply, subtract } from '../../../../core/decimal.ts'
import type { OrderRecord } from '../../records.ts'
import { paragraphs } from '../html.ts'
import type { ResolvedLine, ResolvedOrder } from '../resolve/order.ts'
import type { Shape } from './shape.ts'
import { dayValue, decimal, idValue, maybe, numberValue, textValue, type Value } from './value.ts'

/** Fields of the header. A field whose name the version does not have, or whose value the record has not, is left out. */
export function headerValues(shape: Shape, record: OrderRecord, resolved: ResolvedOrder): Value[] {
  const { warehouse, currency, priceList, carrier } = resolved
  const shipTo = resolved.shipTo && 'id' in resolved.shipTo ? resolved.shipTo.id : undefined
  const note = [record.note, ...resolved.remarks].filter((line) => line !== undefined && line !== '').join('\n')
  const planned = record.plannedDate ?? earliest(record)
  const priced = record.lines.every((line) => line.price !== undefined && line.price > 0)
  return [
    idValue(shape.partner, 'partner', resolved.partner.id),
    idValue('company_id', 'company', resolved.company),
    ...maybe(shape.shipTo, shipTo, (field, value) => idValue(field, 'ship-to', value)),
    ...maybe(shape.theirReference, record.theirReference, (field, value) => textValue(field, 'order number', value)),
    textValue(shape.origin, 'reference', record.origin),
    ...maybe(shape.date, record.date, (field, value) =>
      dayValue(field, 'date', value, shape.model !== 'purchase.requisition'),
    ),
    ...maybe(shape.planned, planned, (field, value) =>
      dayValue(field, 'promised date', value, shape.model === 'sale.order'),
    ),
    ...maybe(shape.warehouse, warehouse?.id, (field, value) => idValue(field, 'warehouse', value)),
    ...maybe(shape.pickingType, warehouse?.receipts, (field, value) => idValue(field, 'warehouse', value)),
    ...maybe(shape.currency, currency, (field, value) => idValue(field, 'currency', value)),
    ...maybe('pricelist_id', priceList, (field, value) => idValue(field, 'price list', value)),
    ...maybe(shape.carrier, carrier, (field, value) => idValue(field, 'carrier', value)),
    ...maybe(shape.note, note || undefined, ({ field, html }, value) =>
      textValue(field, 'note', html ? paragraphs(value) : value, 'none'),
    ),
    // A blanket order needs a price on every line to be confirmed; one without is a template.
    ...maybe(shape.agreementKind, priced ? 'blanket_order' : 'purchase_template', (field, value) =>
      textValue(field, 'kind', value),
    ),
  ]
}

/** The day the first lines are wanted, where the header tells none. */
const earliest = ({ lines }: OrderRecord): string | undefined =>
  lines.flatMap(({ plannedDate }) => plannedDate ?? []).sort()[0]

/** Fields of a line. */
export function lineValues(shape: Shape, record: { plannedDate?: string | undefined }, line: ResolvedLine): Value[] {
  const { sent } = line
  const planned = sent.plannedDate ?? record.plannedDate
  const discount = sent.discount ?? (sent.price === undefined ? undefined : 0)
  return [
    idValue('product_id', 'product', line.product.id),
    numberValue(shape.quantity, 'quantity', decimal(sent.quantity)),
    idValue(shape.unit, 'unit', line.unitId),
    ...maybe(shape.price, priceSent(shape, line), (field, value) => numberValue(field, 'price', value, 'price')),
    ...maybe(shape.discount, discount, (field, value) => numberValue(field, 'discount', decimal(value))),
    ...maybe(shape.text, sent.description, (field, value) => textValue(field, 'description', value, 'none')),
    ...maybe(shape.linePlanned, planned, ({ field, time }, value) => dayValue(field, 'date', value, time)),
  ]
}

/** The price that goes into the price field: where the version has no discount on lines, the price after it. */
function priceSent(shape: Shape, { sent }: ResolvedLine): Decimal | undefined {
  if (sent.price === undefined) return undefined
  const price = decimal(sent.price)
  return shape.discount === undefined && sent.discount ? afterDiscount(price, decimal(sent.discount)) : price
}

/** What is left of a price after a discount in percent. */
export const afterDiscount = (price: Decimal, percent: Decimal): Decimal =>
  divide(multiply(price, subtract('100', percent)), '100', 6)
