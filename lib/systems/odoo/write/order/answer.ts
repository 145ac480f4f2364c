import { compare, isZero, toDecimal } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { OrderAnswerRecord } from '../../records.ts'
import { findRecord, nameOfReference } from '../external-id.ts'
import { postNote } from '../message.ts'
import { resolveProducts } from '../resolve/product.ts'
import { type Delivered, decimalOf, type Held, held, problem, textOf, type Work } from '../work.ts'
import { cancel } from './cancel.ts'
import { locked } from './change.ts'
import { canceled, confirm, delivered, vanished } from './confirm.ts'
import { changeCommands } from './open-moves.ts'
import { type Shape, shapeOf } from './shape.ts'
import { readStanding, resultOf, type Standing, type StandingLine } from './standing.ts'
import { dayValue, decimal, numberValue, shown, stands, textValue, type Value, written } from './value.ts'

/**
 * Writes a supplier's answer to a purchase order: dates, prices and quantities, then confirms or cancels where that is
 * asked, then tells it in the order's history. The message comes last and carries an external id, so that it stands for
 * the whole: where it is there, nothing is written again, whatever people changed since.
 */
export async function answerOrder(work: Work, record: OrderAnswerRecord): Promise<Delivered | Held> {
  const shape = await shapeOf(work.odoo, 'purchase.order')
  const found = await byNumber(work, shape, record.number)
  if ('outcome' in found) return found
  const message = `answer_${nameOfReference(work.reference)}`
  if (await findRecord(work.odoo, message)) return delivered(shape, found, { adopted: true })
  const changed = await applyAnswer(work, shape, record, found)
  if ('outcome' in changed) return changed
  const acted = await act(work, shape, record, changed)
  if (acted.outcome === 'held') return acted
  const problems = await postNote(work.odoo, message, { model: shape.model, id: found.id }, record.summary)
  return problems.length > 0 ? held(problems, acted.result) : { ...acted, adopted: false }
}

async function byNumber(work: Work, shape: Shape, number: string): Promise<Standing | Held> {
  const ids = await work.odoo.search(shape.model, [['name', '=', number.trim()]])
  const order = ids.length === 1 && ids[0] !== undefined ? await readStanding(work, shape, ids[0]) : undefined
  if (order) return order
  const message =
    ids.length > 1
      ? `${ids.length} purchase orders in Odoo have the number ${number}.`
      : `There is no purchase order ${number} in Odoo.`
  return held([problem('ODOO_ORDER_NOT_FOUND', message, 'number')])
}

/** The changes of the lines, in one write; what stands afterwards is compared. */
async function applyAnswer(
  work: Work,
  shape: Shape,
  record: OrderAnswerRecord,
  order: Standing,
): Promise<Standing | Held> {
  const problems: Problem[] = []
  const lines = await answeredLines(work, record, order, problems)
  const changes = lines.flatMap(({ line, values }) => {
    const differing = values.filter((value) => !stands(value, line.record[value.field]))
    problems.push(...differing.flatMap((value) => refusals(shape, order, line, value)))
    return differing.length > 0 ? [{ line, values: differing }] : []
  })
  const reference =
    record.theirReference && textOf(order.record.partner_ref) === undefined
      ? [textValue('partner_ref', "supplier's number", record.theirReference)]
      : []
  if (problems.length === 0 && changes.length > 0 && order.state === 'cancel') problems.push(canceled(shape, order))
  if (problems.length === 0 && changes.length > 0 && order.locked) problems.push(locked(shape, order))
  if (problems.length > 0) return held(problems, resultOf(shape, order))
  if (changes.length + reference.length === 0) return order
  const vals = {
    ...written(reference),
    ...(changes.length > 0 ? { order_line: await changeCommands(work.odoo, shape, order, changes) } : {}),
  }
  await work.odoo.call({ model: shape.model, method: 'write', ids: [order.id], args: { vals }, writes: true })
  const after = await readStanding(work, shape, order.id)
  if (!after) return held([vanished(shape, order)])
  const left = changes.flatMap(({ line, values }) => {
    const row = after.lines.find(({ id }) => id === line.id)?.record
    return values.flatMap((value) =>
      row && stands(value, row[value.field])
        ? []
        : [differs(after, line, value, row ? shown(value, row[value.field]) : 'nothing')],
    )
  })
  return left.length > 0 ? held(left, resultOf(shape, after)) : after
}

const differs = (order: Standing, line: StandingLine, { label, cell }: Value, found: string): Problem =>
  problem(
    'ODOO_VALUE_DIFFERS',
    `The purchase order ${order.number} keeps ${found} as the ${label} of line ${line.id}, where ${cell} was written.`,
    `lines[${line.id}]`,
  )

/** Lines of the order with what the answer says of them: by their id, else by their product. */
async function answeredLines(
  work: Work,
  record: OrderAnswerRecord,
  order: Standing,
  problems: Problem[],
): Promise<{ line: StandingLine; values: Value[] }[]> {
  const asked = record.lines.flatMap(({ line, product }, i) =>
    line === undefined && product ? [{ ref: product, path: `lines[${i}].product`, at: i }] : [],
  )
  const products = await resolveProducts(work.odoo, asked, problems, undefined)
  return record.lines.flatMap((answer, i) => {
    const product = products[asked.findIndex(({ at }) => at === i)]
    const own = order.lines.filter(({ id, record: row }) =>
      answer.line === undefined ? product && idOf(row.product_id) === product.id : String(id) === answer.line,
    )
    const [line] = own
    if (line && own.length === 1) return [{ line, values: valuesOf(answer) }]
    if (answer.line !== undefined || product || !answer.product) {
      const what = answer.line === undefined ? (product?.name ?? 'without a number') : answer.line
      const how = own.length > 1 ? `stands on ${own.length} lines of` : 'is no line of'
      const message = `${what} ${how} the purchase order ${order.number}.`
      problems.push(problem('ODOO_LINE_NOT_FOUND', message, `lines[${i}]`))
    }
    return []
  })
}

const valuesOf = ({ plannedDate, price, discount, quantity }: OrderAnswerRecord['lines'][number]): Value[] => [
  ...(plannedDate === undefined ? [] : [dayValue('date_planned', 'date', plannedDate)]),
  ...(price === undefined ? [] : [numberValue('price_unit', 'price', decimal(price), 'price')]),
  ...(discount === undefined ? [] : [numberValue('discount', 'discount', decimal(discount))]),
  ...(quantity === undefined ? [] : [numberValue('product_qty', 'quantity', decimal(quantity))]),
]

/** What goods that came in, or a bill, no longer allow. */
function refusals(shape: Shape, order: Standing, line: StandingLine, { field, kind, cell }: Value): Problem[] {
  const say = (code: 'ODOO_GOODS_MOVED' | 'ODOO_LINE_INVOICED', why: string) => [
    problem(code, `Line ${line.id} of the purchase order ${order.number}: ${why}.`, `lines[${line.id}]`),
  ]
  const received = decimalOf(line.record.qty_received)
  const ordered = decimalOf(line.record[shape.quantity])
  if (field === shape.quantity && compare(toDecimal(cell) ?? '0', received) < 0)
    return say('ODOO_GOODS_MOVED', `${received} came in already, which is more than ${cell}`)
  if (kind === 'day' && !isZero(received) && compare(received, ordered) >= 0)
    return say('ODOO_GOODS_MOVED', 'all of it came in already')
  if (kind === 'price' && !isZero(decimalOf(line.record.qty_invoiced)))
    return say('ODOO_LINE_INVOICED', 'it is billed at the old price')
  return []
}

function act(
  work: Work,
  shape: Shape,
  { action }: OrderAnswerRecord,
  order: Standing,
): Promise<Delivered | Held> | Delivered | Held {
  const how = { adopted: false, warnings: [], wanted: [] }
  if (action === 'confirm')
    return order.state === 'cancel'
      ? held([canceled(shape, order)], resultOf(shape, order))
      : confirm(work, shape, order, how)
  return action === 'cancel' ? cancel(work, shape, order) : delivered(shape, order, how)
}
