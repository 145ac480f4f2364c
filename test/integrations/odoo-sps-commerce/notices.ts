import type { Raw } from './desk.ts'

/** What is in which carton: line, quantity, unit. */
export const cartons = (record: Raw) =>
  record.OrderLevel[0].PackLevel.map((p: Raw) => [p.Pack.ShippingSerialID, ...p.ItemLevel.map(item)])
const item = ({ ShipmentLine: s }: Raw) => [s.LineSequenceNumber, s.ShipQty, s.ShipQtyUOM]
/** The same of a notice without cartons. */
export const items = (record: Raw) => record.OrderLevel[0].ItemLevel.map(item)
/** What this version calls packages. */
export const packageModel = (b: Raw): string => ('stock.package' in b ? 'stock.package' : 'stock.quant.package')
