import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { OrderChangeRecord } from '../../records.ts'
import { paragraphs, plain } from '../html.ts'
import { resolveCarrier } from '../resolve/masters.ts'
import { resolveLines, resolveShipTo } from '../resolve/order.ts'
import { contacts } from '../resolve/partner.ts'
import { type Delivered, type Held, held, textOf, type Work } from '../work.ts'
import { change } from './change.ts'
import { canceled } from './confirm.ts'
import { findOrder } from './find.ts'
import type { Shape } from './shape.ts'
import { resultOf, type Standing } from './standing.ts'
import { dayValue, idValue, maybe, textValue, type Value } from './value.ts'

/** Changes what a change names; everything else of the order stays. */
export async function changeOrder(work: Work, record: OrderChangeRecord): Promise<Delivered | Held> {
  const { odoo } = work
  const found = await findOrder(work, record.model)
  if ('outcome' in found) return found
  const { shape, order } = found
  if (order.state === 'cancel') return held([canceled(shape, order)], resultOf(shape, order))
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const company = idOf(order.record.company_id) ?? 0
  const [partner] = await contacts(odoo, [['id', '=', idOf(order.record[shape.partner]) ?? 0]])
  const wanted = record.lines.flatMap((line) => (line.remove ? [] : [line]))
  const vendor = shape.model === 'sale.order' ? undefined : partner?.commercialId
  const [lines, carrier, place] = await Promise.all([
    resolveLines(odoo, wanted, problems, vendor),
    shape.carrier === undefined ? undefined : resolveCarrier(odoo, record.carrier, company, problems),
    partner && record.shipTo
      ? resolveShipTo(odoo, shape, record.shipTo, partner, problems, warnings)
      : { shipTo: undefined, remark: undefined },
  ])
  if (problems.length > 0) return held(problems, resultOf(shape, order))
  const { shipTo, remark } = place
  const shipToId = shipTo && ('id' in shipTo ? shipTo.id : await shipTo.create())
  const header = [
    ...maybe(shape.shipTo, shipToId, (field, value) => idValue(field, 'ship-to', value)),
    ...maybe(shape.theirReference, record.theirReference, (field, value) => textValue(field, 'order number', value)),
    ...maybe(shape.planned, record.plannedDate, (field, value) =>
      dayValue(field, 'promised date', value, shape.model === 'sale.order'),
    ),
    ...maybe(shape.carrier, carrier, (field, value) => idValue(field, 'carrier', value)),
    ...noteValue(shape, order, [record.note, remark]),
  ]
  const removed = record.lines.flatMap((line) => (line.remove ? [line.line] : []))
  const wish = { header, plannedDate: record.plannedDate, lines, removed, tolerance: record.totalTolerance ?? '0' }
  return change(work, shape, wish, order, warnings)
}

/** Text that is added to the note, where it does not say so already. */
function noteValue(shape: Shape, order: Standing, texts: (string | undefined)[]): Value[] {
  if (!shape.note) return []
  const { field, html } = shape.note
  const before = textOf(order.record[field]) ?? ''
  const said = plain(before)
  const added = texts.flatMap((text) => (text !== undefined && text !== '' && !said.includes(text) ? [text] : []))
  if (added.length === 0) return []
  const text = added.join('\n')
  const value = html ? `${before}${paragraphs(text)}` : [before, text].filter((part) => part !== '').join('\n')
  return [{ ...textValue(field, 'note', text), value, kind: 'note' }]
}
