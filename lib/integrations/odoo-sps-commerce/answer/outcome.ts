import { equal, multiply, toNumber } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { Acknowledgement } from '../../../documents/acknowledgement.ts'
import type { OrderAnswerRecord } from '../../../systems/odoo/records.ts'
import type { SentLine } from '../sent-order/snapshot.ts'
import type { Settings } from '../settings.ts'
import {
  type AnsweredLine,
  isRejected,
  type KnownOutcome,
  knownOutcomes,
  type Told,
  toldDate,
  toldPrice,
  toldQuantity,
} from './told.ts'

/** A line's answer: as text for the order's history, and what of it may be written. */
export interface LineAnswer {
  text: string
  write: Omit<OrderAnswerRecord['lines'][number], 'line' | 'product'>
  rejected: boolean
  asOrdered: boolean
}

interface Reading {
  /** The line as it was sent; absent where the order is not known here. */
  sent: SentLine | undefined
  settings: Settings['answers']
  /** Dates that the answer tells of the whole order. */
  dates: Acknowledgement['dates']
  /** True where the header turns the whole order down: nothing of a line is written then. */
  orderRejected: boolean
  path: string
  find: Findings
}

/**
 * Reads one line of an 855 against the line that was sent. What the settings want a person to see is held; the rest is
 * written or told in the order's history.
 */
export function readAnswer(answered: AnsweredLine, reading: Reading): LineAnswer {
  const { sent, settings, dates, orderRejected, path, find } = reading
  const line = answered.line ?? sent?.number ?? '(no number)'
  const outcomes = knownOutcomes(answered)
  const text = `Line ${line}: ${outcomes.map(describe).join('; ') || 'no status'}`
  const rejected = isRejected(outcomes)
  if (orderRejected) return { text, write: {}, rejected, asOrdered: false }
  const [price, quantity] = [toldPrice(answered, outcomes, sent), toldQuantity(outcomes, sent)]
  const date = toldDate(outcomes, dates)
  for (const { substitute } of outcomes)
    if (substitute)
      find.warn('ANSWER_DIFFERS', `Line ${line}: the supplier sends ${spelled(substitute)} instead.`, path)
  /** The value to write, where it is another one and the settings say so. */
  const decide = (wish: 'write' | 'note' | 'hold', told: Told, before: string | undefined, what: string) => {
    const other = 'unclear' in told || (told.value !== undefined && before !== undefined && !equal(told.value, before))
    if (!other || wish === 'note') return undefined
    if (wish === 'hold' || 'unclear' in told)
      find.hold(
        'ANSWER_DIFFERS',
        `Line ${line}: the supplier's ${what} is ${'unclear' in told ? told.unclear : told.value}, ordered ${before ?? '?'}.`,
        path,
      )
    return 'unclear' in told || wish === 'hold' ? undefined : told.value
  }
  const otherDate = date !== undefined && date !== sent?.date
  if (otherDate && settings.dates === 'hold')
    find.hold('ANSWER_DIFFERS', `Line ${line}: the supplier promises ${date}, ordered for ${sent?.date ?? '?'}.`, path)
  const newPrice = decide(settings.prices, price, sent?.price, 'price')
  const newQuantity = decide(settings.quantities, quantity, sent?.quantity, 'quantity')
  const same = (told: Told, before: string | undefined): boolean =>
    !('unclear' in told) && (told.value === undefined || before === undefined || equal(told.value, before))
  return {
    text,
    write: {
      ...(otherDate && settings.dates === 'write' ? { plannedDate: date } : {}),
      // The supplier's price is what is paid: a discount in Odoo would be taken off it once more.
      ...(newPrice === undefined ? {} : { price: toNumber(newPrice), ...(sent?.discounted ? { discount: 0 } : {}) }),
      ...(newQuantity === undefined || !sent ? {} : { quantity: toNumber(multiply(newQuantity, sent.perUnit)) }),
    },
    rejected,
    asOrdered:
      outcomes.length > 0 &&
      outcomes.every((o) => o.kind === 'accepted' && o.substitute === undefined) &&
      same(price, sent?.price) &&
      same(quantity, sent?.quantity),
  }
}

const spelled = ({ vendorPart, upc, ean, gtin, buyerPart }: NonNullable<KnownOutcome['substitute']>): string =>
  vendorPart ?? upc ?? ean ?? gtin ?? buyerPart ?? 'another item'

const describe = ({ text, quantity, unit, date, price, substitute }: KnownOutcome): string =>
  [
    [quantity, unit].filter((p) => p !== undefined).join(' '),
    text,
    ...(price === undefined ? [] : [`at ${price}`]),
    ...(date === undefined ? [] : [`on ${date}`]),
    ...(substitute === undefined ? [] : [`instead: ${spelled(substitute)}`]),
  ]
    .filter((part) => part !== '')
    .join(' ')
