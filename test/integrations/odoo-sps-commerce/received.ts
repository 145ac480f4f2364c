import { createDesk, type DeskOptions, type Raw } from './desk.ts'
import { placed } from './purchase.ts'
import { receipt, type Taken } from './receipts.ts'

export const quarantine = { receipts: { quarantine: 'WH/Quarantine' } }
export const bowl = { VendorPartNumber: 'JS-BWL-06', ConsumerPackageCode: '614141001385' }
export const mug = { VendorPartNumber: 'JS-MUG-12' }

/** The order is with the supplier; then this comes from the warehouse. */
export async function received(raw: Raw, options: DeskOptions = {}) {
  const desk = createDesk(options)
  await placed(desk)
  return desk.receive(raw, 'warehouse-receipt')
}
export const one = (...parts: Taken[1]) => receipt([[bowl, parts]])
