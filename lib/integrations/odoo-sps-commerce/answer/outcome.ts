import { add, compare, equal, multiply, toNumber } from '../../../core/decimal.ts'
import type { Acknowledgement } from '../../../documents/acknowledgement.ts'
import type { Findings } from '../../../edi/findings.ts'
import type { OrderAnswerRecord } from '../../../systems/odoo/records.ts'
import type { SentLine } from '../sent-order/snapshot.ts'
import type { Settings } from '../settings.ts'

type AnsweredLine = Acknowledgement['lines'][number]
type Outcome = AnsweredLine['outcomes'][number]

/** What a status of a line means (sps-commerce.md 7.3, code list ItemStatusCode). */
const meanings: Readonly<Record<string, { text: string; kind: 'accepted' | 'changed' | 'later' | 'rejected' }>> = {
  IA: { text: 'accepted', kind: 'accepted' },
  IQ: { text: 'accepted, quantity changed', kind: 'changed' },
  IP: { text: 'accepted, price changed', kind: 'changed' },
  DR: { text: 'accepted, date moved', kind: 'changed' },
  IS: { text: 'accepted, another item is sent', kind: 'changed' },
  UM: { text: 'accepted, unit changed', kind: 'changed' },
  IC: { text: 'accepted with changes', kind: 'changed' },
  AC: { text: 'accepted and shipped', kind: 'accepted' },
  AR: { text: 'accepted, released to ship', kind: 'accepted' },
  IE: { text: 'accepted, price open', kind: 'changed' },
  SP: { text: 'accepted, date open', kind: 'changed' },
  IB: { text: 'on backorder', kind: 'later' },
  BP: { text: 'partly shipped, the rest on backorder', kind: 'later' },
  IH: { text: 'on hold', kind: 'later' },
  ID: { text: 'deleted', kind: 'rejected' },
  IR: { text: 'rejected', kind: 'rejected' },
  ROS: { text: 'rejected, no stock', kind: 'rejected' },
  R1: { text: 'rejected, not in the contract', kind: 'rejected' },
  R2: { text: 'rejected, item unknown', kind: 'rejected' },
  R3: { text: 'rejected, unit not valid', kind: 'rejected' },
  R4: { text: 'rejected, not available', kind: 'rejected' },
  CC: { text: 'cancelled by the customer', kind: 'rejected' },
}

/** A line's answer: as text for the order's history, and what of it may be written. */
export interface LineAnswer {
  text: string
  write: Omit<OrderAnswerRecord['lines'][number], 'line' | 'product'>
  rejected: boolean
  asOrdered: boolean
}

/**
 * Reads one line of an 855 against the line that was sent. What the settings want a person to see is held; the rest is
 * written or told in the order's history.
 */
export function readAnswer(
  answered: AnsweredLine,
  sent: SentLine | undefined,
  settings: Settings['answers'],
  path: string,
  find: Findings,
): LineAnswer {
  const { outcomes } = answered
  const line = answered.line ?? sent?.number ?? '(no number)'
  const known = outcomes.map((o) => ({
    ...o,
    ...(meanings[o.status] ?? { text: `status ${o.status}`, kind: 'changed' }),
  }))
  const rejected = known.length > 0 && known.every((o) => o.kind === 'rejected')
  const dates = known.filter((o) => o.kind !== 'rejected').flatMap((o) => o.date ?? [])
  // Goods in two deliveries: the order has one date a line, and the last of them is when all is there.
  const date = dates.toSorted().at(-1)
  const price = known.map((o) => o.price).find((p) => p !== undefined) ?? changedPrice(answered, sent)
  const quantity = confirmedQuantity(known, sent)
  const otherPrice = price !== undefined && sent !== undefined && !equal(price, sent.price)
  const otherQuantity = quantity !== undefined && sent !== undefined && !equal(quantity, sent.quantity)
  const otherDate = date !== undefined && date !== sent?.date
  const decide = (wish: 'write' | 'note' | 'hold', differs: boolean, what: string): boolean => {
    if (differs && wish === 'hold') find.hold('ANSWER_DIFFERS', `Line ${line}: ${what}.`, path)
    return differs && wish === 'write'
  }
  const writesDate = decide(settings.dates, otherDate, `the supplier promises ${date}`)
  const writesPrice = decide(settings.prices, otherPrice, `the supplier's price is ${price}, ordered at ${sent?.price}`)
  const writesQuantity = decide(
    settings.quantities,
    otherQuantity && !rejected,
    `the supplier confirms ${quantity} of ${sent?.quantity}`,
  )
  return {
    text: `Line ${line}: ${known.map(describe).join('; ') || 'no status'}`,
    write: {
      ...(writesDate ? { plannedDate: date } : {}),
      ...(writesPrice && price !== undefined ? { price: toNumber(price) } : {}),
      ...(writesQuantity && quantity !== undefined && sent
        ? { quantity: toNumber(multiply(quantity, sent.perUnit)) }
        : {}),
    },
    rejected,
    asOrdered: known.length > 0 && known.every((o) => o.kind === 'accepted') && !otherPrice && !otherQuantity,
  }
}

/** The price at the line itself, where the supplier repeats it there with another value. */
const changedPrice = ({ price }: AnsweredLine, sent: SentLine | undefined) =>
  price !== undefined && sent !== undefined && compare(price, '0') > 0 ? price : undefined

/** What will come, now or later, in the unit that was sent; undefined where the answer does not say or says another unit. */
function confirmedQuantity(
  outcomes: readonly (Outcome & { kind: string })[],
  sent: SentLine | undefined,
): string | undefined {
  const coming = outcomes.filter((o) => o.kind !== 'rejected')
  if (coming.length === 0 || coming.some((o) => o.quantity === undefined)) return undefined
  if (coming.some((o) => o.unit !== undefined && sent !== undefined && o.unit !== sent.unit)) return undefined
  return add('0', ...coming.map((o) => o.quantity ?? '0'))
}

const describe = ({ text, quantity, unit, date, price, substitute }: Outcome & { text: string }): string =>
  [
    [quantity, unit].filter((p) => p !== undefined).join(' '),
    text,
    ...(price === undefined ? [] : [`at ${price}`]),
    ...(date === undefined ? [] : [`on ${date}`]),
    ...(substitute === undefined
      ? []
      : [`instead: ${substitute.vendorPart ?? substitute.upc ?? substitute.buyerPart ?? '?'}`]),
  ]
    .filter((part) => part !== '')
    .join(' ')
