import { toJson } from '../../../core/findings.ts'
import type { Erp } from '../../../edi/erp.ts'
import { type OrderResult, type SalesOrderLinePut, wrapFields } from '../../../systems/acumatica/records.ts'
import type { Settings } from '../settings.ts'
import { itemFigure } from './figure.ts'
import { orderRow } from './row.ts'
import { keyOf, salesOrder, salesOrderChange } from './sales-order.ts'

/** Acumatica behind the retail side. */
export const acumatica = (settings: Settings): Erp => ({
  system: 'acumatica',
  orderType: settings.orderType,
  shipsToCustomer: true,
  warehouse: settings.warehouse,
  fields: {
    orderType: 'OrderType',
    customer: 'CustomerID',
    location: 'LocationID',
    shipVia: 'ShippingSettings.ShipVia',
    shippingRule: 'ShippingSettings.ShippingRule',
    freight: 'ShippingSettings.FreightPrice',
    address: 'ShipToAddressOverride',
    country: 'ShipToAddress.Country',
    item: (index) => `Details[${index}].InventoryID`,
    unit: (index) => `Details[${index}].UOM`,
    price: (index) => `Details[${index}].UnitPrice`,
    discount: (index) => `Details[${index}].DiscountAmount`,
    line: (line) => `Details[${line}]`,
  },
  row: (...parts) => toJson(orderRow(...parts)),
  removal: (line) => toJson({ ...wrapFields({ ExternalRef: line }), delete: true }),
  order: (planned, rows) => toJson(salesOrder(planned, rows as SalesOrderLinePut[], settings.holdNewOrders)),
  change: (planned) => {
    const record = salesOrderChange(planned)
    return record && toJson(record)
  },
  cancellation: (order, part) => toJson(keyOf(order, part)),
  accepted: ({ result }) => {
    const { orderNbr, lines } = result as unknown as OrderResult
    return { number: orderNbr, lines }
  },
  itemFigure,
})
