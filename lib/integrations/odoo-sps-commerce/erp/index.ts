import { type Findings, toJson } from '../../../core/findings.ts'
import type { Erp } from '../../../edi/erp.ts'
import type { Partner } from '../../../edi/resolve/partner.ts'
import type { OrderLineRecord, OrderModel, OrderResult } from '../../../systems/odoo/records.ts'
import { orderModels, type Settings } from '../settings.ts'
import { orderLine } from './line.ts'
import { orderChange, orderRecord } from './order.ts'
import { confirms, modelFor } from './partner.ts'
import { unlistedItem } from './product.ts'

/** Odoo behind the retail side, as a partner's role wants it. */
export function odoo(settings: Settings, partner: Partner | undefined, find: Findings, orderType?: string): Erp {
  const model = modelFor(partner, settings, find, orderType ?? partner?.orderType)
  return {
    system: 'odoo',
    orderType: model,
    orderTypes: orderModels,
    warehouse: settings.warehouse,
    shipsToCustomer: model === 'sale.order',
    fields: {
      orderType: 'model',
      customer: 'partner',
      location: 'shipTo',
      shipVia: 'carrier',
      shippingRule: 'note',
      freight: `lines[${settings.freightItem ?? 'freight'}]`,
      address: 'shipTo',
      country: 'shipTo.country',
      item: (index) => `lines[${index}].product`,
      unit: (index) => `lines[${index}].unit`,
      price: (index) => `lines[${index}].price`,
      discount: (index) => `lines[${index}].discount`,
      line: (line) => `lines[${line}]`,
    },
    unlisted: ({ numbers }) => unlistedItem(numbers),
    unlistedPlace: (code) => code,
    row: (line, resolved, quantity) => toJson(orderLine(line, resolved, quantity, model)),
    removal: (line) => ({ line, remove: true }),
    order: (planned, rows) =>
      toJson(
        orderRecord(planned, rows as unknown as OrderLineRecord[], {
          settings,
          confirm: confirms(partner, planned.orderType as OrderModel, settings, find),
          warehouse: partner?.warehouse ?? settings.warehouse,
        }),
      ),
    change: (planned) => {
      const record = orderChange(planned, settings)
      return record && toJson(record)
    },
    cancellation: ({ erpOrderType }) => ({ model: erpOrderType }),
    accepted: ({ result }) => ({ ...(result as unknown as Pick<OrderResult, 'number' | 'lines'>), net: true }),
    itemFigure: (item, field, value) => ({ operation: 'update-product', record: { product: { item }, field, value } }),
  }
}
