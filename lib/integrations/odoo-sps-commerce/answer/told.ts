import { add, compare, equal } from '../../../core/decimal.ts'
import type { Acknowledgement } from '../../../documents/acknowledgement.ts'
import type { SentLine } from '../sent-order/snapshot.ts'
import { meanings } from './statuses.ts'

export type AnsweredLine = Acknowledgement['lines'][number]
type Outcome = AnsweredLine['outcomes'][number]
export type KnownOutcome = Outcome & { text: string; kind: 'accepted' | 'changed' | 'later' | 'rejected' }

export const knownOutcomes = ({ outcomes }: Pick<AnsweredLine, 'outcomes'>): KnownOutcome[] =>
  outcomes.map((o) => ({ ...o, ...(meanings[o.status] ?? { text: `status ${o.status}`, kind: 'changed' }) }))

export const isRejected = (outcomes: readonly KnownOutcome[]): boolean =>
  outcomes.length > 0 && outcomes.every((o) => o.kind === 'rejected')

/** One value that an answer tells; unclear where it tells several, or one that cannot be compared with the order. */
export type Told = { value?: string } | { unclear: string }

/** A price basis that is the price of one ordered unit (sps-commerce.md 7.1); absent and UM are always. */
const basisOfUnit: Readonly<Record<string, string>> = { EA: 'PE', DZ: 'PD' }

/** The price per sent unit: of the outcomes, else the one the line repeats. A substitute's price is no price of the line. */
export function toldPrice(line: AnsweredLine, outcomes: readonly KnownOutcome[], sent: SentLine | undefined): Told {
  const own = outcomes.filter((o) => o.kind !== 'rejected' && o.substitute === undefined && o.price !== undefined)
  const repeated = outcomes.some((o) => o.substitute !== undefined) || isRejected(outcomes) ? [] : [line]
  const stated = (own.length > 0 ? own : repeated).flatMap(({ price, priceBasis, unit }) =>
    price !== undefined && compare(price, '0') > 0 ? [{ price, priceBasis, unit }] : [],
  )
  const [first, ...others] = stated
  if (!first || !sent) return first ? { value: first.price } : {}
  const foreign = stated.find(
    ({ priceBasis, unit }) =>
      !(priceBasis === undefined
        ? unit === undefined || unit === sent.unit
        : ['UM', sent.unit, basisOfUnit[sent.unit]].includes(priceBasis)),
  )
  if (foreign) return { unclear: `${foreign.price} per ${foreign.priceBasis ?? foreign.unit}` }
  if (others.some((o) => !equal(o.price, first.price))) return { unclear: stated.map((o) => o.price).join(' and ') }
  return { value: first.price }
}

/** What will come, now or later, in the unit that was sent. */
export function toldQuantity(outcomes: readonly KnownOutcome[], sent: SentLine | undefined): Told {
  const coming = outcomes.filter((o) => o.kind !== 'rejected')
  if (coming.length === 0) return {}
  const foreign = coming.find((o) => o.unit !== undefined && sent !== undefined && o.unit !== sent.unit)
  if (foreign) return { unclear: `${foreign.quantity ?? '?'} ${foreign.unit}` }
  const other = coming.find((o) => o.substitute !== undefined || o.status === 'IS')
  if (other) return { unclear: 'another item' }
  const silent = coming.filter((o) => o.quantity === undefined)
  // One plain status without a quantity is about the whole line.
  if (silent.length > 0) return coming.length === 1 && silent[0]?.status !== 'IQ' ? {} : { unclear: 'a part' }
  return { value: add('0', ...coming.map((o) => o.quantity ?? '0')) }
}

/** Days on which goods arrive; the others are days on which they leave. */
const arrivals = new Set(['002', '017', '063', '064', '067', '069'])
/** Days of the whole order that are a promise; others only repeat what was asked for. */
const promises = new Set(['017', '067', '069', '068', '079'])

/**
 * The day a line is promised for: the last one, since the order has one date a line, and that is when all is there. A
 * day of arrival counts before one on which goods leave.
 */
export function toldDate(outcomes: readonly KnownOutcome[], header: Acknowledgement['dates']): string | undefined {
  const promised = outcomes.filter((o) => o.kind !== 'rejected')
  if (outcomes.length > 0 && promised.length === 0) return undefined
  const own = promised.flatMap(({ date, dateQualifier }) => (date === undefined ? [] : [{ date, dateQualifier }]))
  const ofOrder = header
    .filter((d) => promises.has(d.qualifier))
    .map(({ qualifier, date }) => ({ date, dateQualifier: qualifier }))
  const dates = own.length > 0 ? own : ofOrder
  const arriving = dates.filter((d) => arrivals.has(d.dateQualifier ?? ''))
  return (arriving.length > 0 ? arriving : dates)
    .map((d) => d.date)
    .toSorted()
    .at(-1)
}
