import { createDesk, type DeskOptions, type Raw } from './desk.ts'
import { placed } from './purchase.ts'

/** An 855 of the supplier to order P00015. */
export const answer = (lines: Raw[], header: Raw = {}, sections: Raw = {}): Raw => ({
  Header: {
    OrderHeader: {
      TradingPartnerId: '3F1PINEMILL',
      PurchaseOrderNumber: 'P00015',
      TsetPurposeCode: '00',
      AcknowledgementType: 'AC',
      AcknowledgementDate: '2026-11-22',
      InternalOrderNumber: 'PM-SO-881',
      ...header,
    },
    ...sections,
  },
  LineItem: lines,
})
/** A line with one outcome or more: status, quantity, unit and the rest of it. */
export const line = (number: string | undefined, ...outcomes: [string, number?, string?, Raw?][]): Raw => ({
  OrderLine: { LineSequenceNumber: number },
  LineItemAcknowledgement: outcomes.map(([ItemStatusCode, ItemScheduleQty, ItemScheduleUOM, rest]) => ({
    ItemStatusCode,
    ItemScheduleQty,
    ItemScheduleUOM,
    ...rest,
  })),
})
export const on = (date: string, ItemScheduleQualifier = '067') => ({ ItemScheduleQualifier, ItemScheduleDate: date })
export const all = { answers: { dates: 'write', prices: 'write', quantities: 'write' } }

export async function answered(raw: Raw, options: DeskOptions = {}) {
  const desk = createDesk(options)
  await placed(desk)
  return desk.receive(raw, 'acknowledgement')
}
