import type { Expectation } from '../../core/exchange.ts'
import type { PurchaseOrder } from '../../documents/purchase-order.ts'
import type { Partner } from '../resolve/partner.ts'
import { cancelAfter, requestedOn, scheduledShipment } from './header.ts'

const hourMs = 3_600_000

/** Which date of the order a ship notice is due by. */
const dates = { ship: scheduledShipment, delivery: requestedOn, cancel: cancelAfter } as const

/**
 * What the partner's row asks us to answer in time: nothing where it is silent, or where the order has no such date.
 * @param capturedAt ISO date-time from which the hours count
 */
export function expectationsOf(order: PurchaseOrder, partner: Partner, capturedAt: string): Expectation[] {
  const { acknowledgeWithinHours: hours, acknowledge, shipNoticeBy } = partner
  const expected: Expectation[] = []
  if (hours !== undefined && acknowledge === 'yes')
    expected.push({
      what: 'acknowledgement',
      by: new Date(Date.parse(capturedAt) + hours * hourMs).toISOString(),
      met: ['send-acknowledgement', 'cancel-order'],
    })
  const date = shipNoticeBy === 'none' ? undefined : dates[shipNoticeBy](order)
  if (date !== undefined)
    expected.push({ what: 'ship notice', by: endOf(date), met: ['send-ship-notice', 'cancel-order'] })
  return expected
}

/** A date has no time zone: it is over once it is over everywhere. */
const endOf = (date: string): string => new Date(Date.parse(date) + 36 * hourMs).toISOString()
