import { divide } from '../../../core/decimal.ts'
import type { MapResult } from '../../../core/exchange.ts'
import type { Flow } from '../../../core/flow.ts'
import type { Acknowledgement } from '../../../documents/acknowledgement.ts'
import { createFindings, held, skipped, toJson, written } from '../../../edi/findings.ts'
import { nameSafe } from '../../../edi/order/identity.ts'
import { resolvePartner } from '../../../edi/resolve/partner.ts'
import type { OrderAnswerRecord } from '../../../systems/odoo/records.ts'
import { readAnswer } from '../answer/outcome.ts'
import { productRef, unlistedItem } from '../erp/product.ts'
import { type AnsweredLine, keepAnswered } from '../sent-order/agreed.ts'
import { sentLineOf } from '../sent-order/line-of.ts'
import { lastSent, type SentLine } from '../sent-order/snapshot.ts'
import type { Settings } from '../settings.ts'

/** Header codes that turn the whole order down. */
const rejects = new Set(['RD', 'RF', 'RJ', 'RO'])

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
    resolvePartner(context.tables, { tradingPartner }, find, 'Header.OrderHeader.TradingPartnerId')
    const sent = lastSent(history, tradingPartner)
    if (!sent)
      find.warn(
        'ANSWER_UNKNOWN_ORDER',
        `Order ${number} was not sent from here to ${tradingPartner}; it is looked for in Odoo by its number.`,
        'Header.OrderHeader.PurchaseOrderNumber',
      )
    const lines = answer.lines.map((line, index) => {
      const path = `LineItem[${index}]`
      const known = sentLineOf(sent, line)
      if (sent && !known)
        find.hold(
          'ANSWER_LINE_UNKNOWN',
          `Line ${line.line ?? '(no number)'} is answered, but order ${number} has no such line.`,
          path,
        )
      const read = readAnswer(line, known, answers, path, find)
      const item = known ? undefined : unlistedItem(line.numbers)
      return {
        at: known
          ? { line: known.line }
          : item === undefined
            ? {}
            : { product: productRef(item, line.numbers, 'buyerPart') },
        answer: read,
        agreed: known && agreedLine(known, read.write),
      }
    })
    const rejected =
      rejects.has(answer.acknowledgementType ?? '') || (lines.length > 0 && lines.every((l) => l.answer.rejected))
    const someRejected = lines.some((l) => l.answer.rejected)
    const what = rejected
      ? `order ${number}`
      : `${lines.filter((l) => l.answer.rejected).length} lines of order ${number}`
    if ((rejected || someRejected) && answers.rejected === 'hold')
      find.hold('ANSWER_DIFFERS', `The supplier rejects ${what}.`, 'Header.OrderHeader.AcknowledgementType')
    else if (rejected || someRejected)
      find.warn('ANSWER_REJECTED', `The supplier rejects ${what}.`, 'Header.OrderHeader.AcknowledgementType')
    find.decide({
      field: 'summary',
      rule: '855-in.type',
      input: `AcknowledgementType=${answer.acknowledgementType ?? ''}`,
      value: rejected
        ? 'rejected'
        : lines.every((l) => l.answer.asOrdered)
          ? 'accepted as ordered'
          : 'accepted with changes',
    })
    if (find.problems.length > 0) return held(find)
    const action = actionOf(rejected, lines.length > 0 && lines.every((l) => l.answer.asOrdered), answers)
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

const actionOf = (
  rejected: boolean,
  asOrdered: boolean,
  settings: Settings['answers'],
): OrderAnswerRecord['action'] => {
  if (rejected) return settings.rejected === 'cancel' ? 'cancel' : undefined
  return asOrdered && settings.confirmAccepted ? 'confirm' : undefined
}

const heads: Readonly<Record<string, string>> = {
  AD: 'Accepted as ordered',
  AC: 'Accepted with changes',
  AE: 'Accepted, changes only',
  AK: 'Received, not yet decided',
  AH: 'Accepted on hold',
  AP: 'Accepted',
  RD: 'Rejected',
  RF: 'Rejected, other partner',
  RJ: 'Rejected',
  RO: 'Rejected with counter offer',
}

/** What a person reads in the order's history. */
const summaryOf = (answer: Acknowledgement, lines: string[]): string =>
  [
    `Supplier's answer (855) of ${answer.date ?? 'unknown date'}: ${heads[answer.acknowledgementType ?? ''] ?? answer.acknowledgementType ?? 'no type'}.`,
    ...(answer.supplierOrder === undefined ? [] : [`Supplier's order ${answer.supplierOrder}.`]),
    ...lines,
    ...answer.notes.map((n) => n.text),
  ].join('\n')
