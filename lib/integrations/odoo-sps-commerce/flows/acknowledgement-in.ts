import { divide } from '../../../core/decimal.ts'
import type { MapResult } from '../../../core/exchange.ts'
import { createFindings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow } from '../../../core/flow.ts'
import type { Acknowledgement } from '../../../documents/acknowledgement.ts'
import { nameSafe } from '../../../edi/order/identity.ts'
import type { OrderAnswerRecord } from '../../../systems/odoo/records.ts'
import { readAnswer } from '../answer/outcome.ts'
import { headOf, rejects, type Verdict, verdictOf } from '../answer/verdict.ts'
import { productRef, unlistedItem } from '../erp/product.ts'
import { itemTold } from '../receipt/item.ts'
import { checkSender } from '../receipt/partner.ts'
import { type AnsweredLine, asAgreed, keepAnswered } from '../sent-order/agreed.ts'
import { answeredLine } from '../sent-order/line-of.ts'
import { lastSent, type SentLine } from '../sent-order/snapshot.ts'
import type { Settings } from '../settings.ts'

/** 855 from a supplier → the purchase order in Odoo is annotated, and gets promised dates (and more, by the settings). */
export const acknowledgementInFlow: Flow<Acknowledgement, Settings> = {
  name: 'acknowledgement-in',
  source: 'sps-commerce',
  types: ['acknowledgement'],
  lookups: ({ number }) => [{ number }],

  map(answer, context): MapResult {
    const find = createFindings()
    const { tradingPartner, number } = answer
    const answers = context.settings.answers
    const history = context.history(number)
    const taken = history.filter((h) => h.type === answer.type && (h.state === 'mapped' || h.state === 'delivered'))
    if (answer.purpose === 'duplicate' && taken.length > 0)
      return skipped(find, 'DUPLICATE', `The answer to order ${number} is marked as a repeat (purpose 07).`)
    if (taken.some((h) => h.hash === context.hash))
      return skipped(find, 'DUPLICATE', `This answer to order ${number} was already taken.`)
    checkSender(context.tables, tradingPartner, find, 'Header.OrderHeader.TradingPartnerId')
    if (answer.purpose === 'cancel')
      find.hold(
        'ANSWER_DIFFERS',
        `The supplier takes back its answer to order ${number} (purpose 01).`,
        'Header.OrderHeader.TsetPurposeCode',
      )
    const last = lastSent(history, tradingPartner)
    const sent = last && asAgreed(last, history)
    if (!sent)
      find.warn(
        'ANSWER_UNKNOWN_ORDER',
        `Order ${number} was not sent from here to ${tradingPartner}; it is looked for in Odoo by its number.`,
        'Header.OrderHeader.PurchaseOrderNumber',
      )
    const orderRejected = rejects.has(answer.acknowledgementType ?? '')
    const lines = answer.lines.map((line, index) => {
      const path = `LineItem[${index}]`
      const told = {
        line: line.line,
        item: itemTold(context.tables, line.numbers, { tradingPartner, ours: 'buyerPart' }),
      }
      const { line: known, differs } = answeredLine(sent, told)
      if (sent && !known)
        find.hold(
          'ANSWER_LINE_UNKNOWN',
          differs
            ? `Line ${line.line} of order ${number} is ${differs.item}, and ${told.item} is answered as that line.`
            : `Line ${line.line ?? '(no number)'} is answered, but order ${number} has no such line.`,
          path,
        )
      const read = readAnswer(line, { sent: known, settings: answers, dates: answer.dates, orderRejected, path, find })
      const item = known ? undefined : unlistedItem(line.numbers)
      const at = known
        ? { line: known.line }
        : item === undefined
          ? {}
          : { product: productRef(told.item ?? item, line.numbers, 'buyerPart') }
      return { at, answer: read, agreed: known && agreedLine(known, read.write) }
    })
    const verdict = verdictOf(
      answer,
      lines.map((l) => l.answer),
    )
    const what = verdict.rejected === 'order' ? `order ${number}` : `${verdict.rejectedLines} lines of order ${number}`
    if (verdict.rejected !== undefined && answers.rejected === 'hold')
      find.hold('ANSWER_DIFFERS', `The supplier rejects ${what}.`, 'Header.OrderHeader.AcknowledgementType')
    else if (verdict.rejected !== undefined)
      find.warn('ANSWER_REJECTED', `The supplier rejects ${what}.`, 'Header.OrderHeader.AcknowledgementType')
    find.decide({
      field: 'summary',
      rule: '855-in.type',
      input: `AcknowledgementType=${answer.acknowledgementType ?? ''}`,
      value: verdict.text,
    })
    if (find.problems.length > 0) return held(find)
    const action = actionOf(verdict, answers)
    const record: OrderAnswerRecord = {
      number,
      theirReference: answer.supplierOrder,
      summary: summaryOf(
        answer,
        lines.map((l) => l.answer.text),
      ),
      lines: lines.flatMap(({ at, answer: { write } }) => (Object.keys(write).length > 0 ? [{ ...at, ...write }] : [])),
      ...(action ? { action } : {}),
    }
    const key = [tradingPartner, number, answer.release, answer.acknowledgementNumber, context.hash.slice(0, 8)]
    const write = {
      connection: context.connections.odoo ?? '',
      operation: 'annotate-order',
      reference: `855:${nameSafe(key.filter((p) => p !== undefined).join('/'))}`,
      record: toJson(record),
    }
    return written(find, [write], {
      index: [`partner/${tradingPartner}`],
      ...(sent
        ? {
            snapshot: keepAnswered(
              sent.sequence,
              lines.flatMap(({ agreed }) => agreed ?? []),
            ),
          }
        : {}),
    })
  },
}

/** What Odoo will say of the line once the answer is written there, in the terms of the order that was sent. */
const agreedLine = (
  sent: SentLine,
  { plannedDate, price, quantity }: OrderAnswerRecord['lines'][number],
): AnsweredLine => ({
  number: sent.number,
  ...(plannedDate === undefined ? {} : { date: plannedDate }),
  ...(price === undefined ? {} : { price: String(price) }),
  ...(quantity === undefined ? {} : { quantity: divide(String(quantity), sent.perUnit, 6) }),
})

const actionOf = ({ rejected, asOrdered }: Verdict, settings: Settings['answers']): OrderAnswerRecord['action'] => {
  if (rejected === 'order') return settings.rejected === 'cancel' ? 'cancel' : undefined
  return asOrdered && settings.confirmAccepted ? 'confirm' : undefined
}

/** What a person reads in the order's history. */
const summaryOf = (answer: Acknowledgement, lines: string[]): string =>
  [
    `Supplier's answer (855) of ${answer.date ?? 'unknown date'}: ${headOf(answer)}.`,
    ...(answer.supplierOrder === undefined ? [] : [`Supplier's order ${answer.supplierOrder}.`]),
    ...lines,
    ...answer.notes.map((n) => n.text),
  ].join('\n')
