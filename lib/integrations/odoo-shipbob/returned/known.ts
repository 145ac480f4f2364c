import type { HistoryEntry } from '../../../core/flow.ts'

const isTaken = ({ state }: HistoryEntry): boolean => state === 'mapped' || state === 'delivered'
const isOwn = (key: string) => (h: HistoryEntry) => h.type === 'customer-return' && h.key === key

/** The last state of a return that was taken. */
export const lastReturn = (history: readonly HistoryEntry[], key: string): HistoryEntry | undefined =>
  history.filter(isOwn(key)).findLast(isTaken)

/** True where something of a return stands booked. */
export const isReturnBooked = (history: readonly HistoryEntry[], key: string): boolean =>
  history.filter(isOwn(key)).some(({ targets }) => targets.some(({ operation }) => operation === 'book-return'))

/**
 * The order that a shipment is of, as the ledger knows the shipment: a parcel that could not be delivered tells nothing but
 * its shipment.
 */
export const orderOfShipment = (history: readonly HistoryEntry[], shipment: string): string | undefined =>
  history.findLast((h) => h.type === 'shipment' && h.key === shipment)?.number
