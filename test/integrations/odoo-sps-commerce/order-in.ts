import { createDesk, type Raw, rsx } from './desk.ts'
import { withPartner } from './tables.ts'

export const harbor = (wishes: Record<string, string>) => withPartner('3F1HARBORPINE', wishes)
export const order = (edit?: (raw: Raw) => void): Raw => rsx('order-850', edit)
export const take = (raw: Raw, options: Parameters<typeof createDesk>[0] = {}) => createDesk(options).receive(raw)
/** The order with its first line alone, changed. */
export const oneLine = (line: Raw, header: Raw = {}, rest: Raw = {}): Raw =>
  order((o) => {
    Object.assign(o.Header.OrderHeader, header)
    o.LineItem = [{ OrderLine: { ...o.LineItem[0].OrderLine, ...line }, ...rest }]
    delete o.Header.ChargesAllowances
    delete o.Summary
  })
export const noNumbers = {
  BuyerPartNumber: undefined,
  VendorPartNumber: undefined,
  ConsumerPackageCode: undefined,
  GTIN: undefined,
  UPCCaseCode: undefined,
}
