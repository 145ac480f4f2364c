import type { Shipment } from '../../../documents/shipment.ts'
import type { Kept } from './kept.ts'

/** What people are told of a shipment. */
export interface Telling {
  text: string
  /** True where somebody has to do something. */
  attention: boolean
}

const day = (at: string | undefined): string => (at === undefined ? '' : ` on ${at.slice(0, 10)}`)

/** What hinders it, in the warehouse's words. */
const reasons = ({ status, details }: Shipment): string =>
  details.length === 0
    ? status
    : details
        .map(({ name, description, item }) =>
          [item === undefined ? name : `${name} (${item})`, ...(description === undefined ? [] : [description])].join(
            ': ',
          ),
        )
        .join('; ')

/** Why a shipment that has not left does not leave; undefined where that was told before, or nothing is to be told. */
export function hindrance(document: Shipment, last: Kept | undefined, now: Kept): Telling | undefined {
  const { id, state } = document
  if (last?.state === state && last.reasons === now.reasons) return undefined
  const what = `Shipment ${id} of ShipBob`
  if (state === 'cancelled')
    return {
      attention: true,
      text: `${what} is cancelled: nothing of it will leave. Cancel or send anew what it was for.`,
    }
  if (state === 'exception') return { attention: true, text: `${what} cannot be sent: ${reasons(document)}.` }
  if (state === 'on-hold') return { attention: true, text: `${what} is on hold: ${reasons(document)}.` }
  return undefined
}

/** What is new of a shipment since it was booked; undefined where nothing is. */
export function news(document: Shipment, last: Kept, now: Kept): Telling | undefined {
  const { id, tracking, deliveredAt } = document
  const told: (Telling | undefined)[] = [
    now.delivered && !last.delivered ? { attention: false, text: `was delivered${day(deliveredAt)}.` } : undefined,
    now.deliveryTrouble && !last.deliveryTrouble
      ? { attention: true, text: `could not be delivered: ${reasons(document)}.` }
      : undefined,
    now.tracking !== last.tracking && now.tracking !== undefined
      ? {
          attention: false,
          text: `goes by ${[tracking?.carrier, tracking?.service].filter((part) => part !== undefined).join(' ') || 'its carrier'}, tracking number ${now.tracking}.`,
        }
      : undefined,
    now.goods !== last.goods
      ? {
          attention: true,
          text: 'says other quantities than were booked. Compare them, and correct the delivery by hand.',
        }
      : undefined,
  ]
  const found = told.filter((one) => one !== undefined)
  if (found.length === 0) return undefined
  return {
    attention: found.some(({ attention }) => attention),
    text: found.map(({ text }) => `Shipment ${id} of ShipBob ${text}`).join('\n'),
  }
}
