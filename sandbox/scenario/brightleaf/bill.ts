import type { SandboxShipBob } from '../../systems/shipbob/index.ts'
import { expectedBy, parcelsOf } from './warehouse.ts'

/** ShipBob's week in fees, its close, and the payment by card. Each fee once, wherever a run is killed. */
export function billWeek(shipbob: SandboxShipBob, coffee: string): boolean {
  const { account, people } = shipbob
  const [parcel] = parcelsOf(shipbob, 'split')
  const receiving = expectedBy(shipbob, coffee)
  if (!parcel || !receiving) return false
  const known = new Set(account.transactions.all().map((one) => `${one.transaction_fee} ${one.reference_id}`))
  const shipment = { referenceType: 'Shipment', referenceId: parcel.id, centre: parcel.centre }
  const fees = [
    { fee: 'Shipping', amount: 6.58, ...shipment },
    { fee: 'Per Pick Fee', amount: 0.52, ...shipment },
    { fee: 'WRO Receiving Fee', amount: 45, referenceType: 'WRO', referenceId: receiving.id },
    { fee: 'Return Processing Fee', amount: 5.5, referenceType: 'Return', referenceId: 'RMA-2026-0091' },
  ]
  for (const fee of fees) if (!known.has(`${fee.fee} ${fee.referenceId}`)) people.charge(fee)
  const [inventory = 0] = account.products
    .all()
    .flatMap(({ variants }) => variants.flatMap((one) => (one.sku === 'COF-LR-340' ? (one.inventory ?? []) : [])))
  const place = `10-${inventory}-Shelf`
  if (!known.has(`Warehousing Fee ${place}`)) people.chargeStorage({ centre: 10, inventory, place: 'Shelf', amount: 8 })
  if (!known.has(`Credit ${parcel.id}`))
    people.credit({ fee: 'Credit', amount: -6.58, ...shipment, details: { CreditReason: 'Claim for Lost Order' } })
  people.closeWeek()
  if (!account.invoices.all().some((one) => one.invoice_type === 'Payment')) people.pay()
  return true
}
