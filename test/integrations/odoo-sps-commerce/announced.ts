import { createDesk, type DeskOptions, type Raw, told } from './desk.ts'
import { placed } from './purchase.ts'
import { type Shipped, shipment } from './receipts.ts'

export const byNotice = { receipts: { validatedBy: 'ship-notice' } }

/** The order is with the supplier; then this comes. */
export async function announced(raw: Raw, options: DeskOptions = {}) {
  const desk = createDesk(options)
  await placed(desk)
  return desk.receive(raw, 'advance-ship-notice')
}
export const one = (...line: Shipped) => shipment({ P00015: [line] })
export const lineOf = async (raw: Raw, options?: DeskOptions) => {
  const outcome = await announced(raw, options)
  return { told: told(outcome), warnings: outcome.warnings, line: outcome.record?.lines[0] }
}
