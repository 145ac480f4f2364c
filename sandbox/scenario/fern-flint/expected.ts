import type { SandboxOdoo } from '../../systems/odoo/index.ts'
import type { Expected } from '../expected.ts'
import { activityNumber } from '../reports.ts'
import { orders } from './orders.ts'
import { alderMarket } from './partners.ts'

const delivered = (flow: string, number: string): Expected => ({ flow, number, outcome: 'delivered' })

/** What should become of every document of this company, one entry for each that arrives or is made. */
export function expectedOutcomes(
  odoo: SandboxOdoo,
  { glass, candles }: { glass: string; candles: string },
  day: string,
  stockReports: readonly string[],
): Expected[] {
  const numbers = (model: string, domain: [string, string, string | string[]][]) =>
    odoo.records(model, domain, ['name']).map((r) => String(r.name))
  return [
    ...orders.map(
      ({ sketch }): Expected => ({
        flow: sketch.change === undefined ? 'purchase-order-in' : 'purchase-order-change-in',
        number: sketch.number,
        outcome: sketch.expect?.outcome ?? 'delivered',
        ...(sketch.expect ? { code: sketch.expect.code } : {}),
      }),
    ),
    delivered('inventory-in', activityNumber(alderMarket, day)),
    ...[glass, candles].flatMap((number) => [
      delivered('purchase-order-out', number),
      delivered('acknowledgement-in', number),
    ]),
    // The raised quantity is told by a change.
    delivered('purchase-order-out', candles),
    delivered('ship-notice-in', 'GW-77120'),
    delivered('warehouse-receipt-in', 'CQ-5501'),
    { flow: 'warehouse-receipt-in', number: 'CQ-5502', outcome: 'held', code: 'RECEIPT_UNCLEAR' },
    ...numbers('sale.order', [['state', 'in', ['sale', 'cancel']]]).map((n) => delivered('acknowledgement-out', n)),
    ...stockReports.map((number) => delivered('inventory-out', number)),
    ...numbers('stock.picking', [
      ['picking_type_code', '=', 'outgoing'],
      ['state', '=', 'done'],
    ]).map((number) => delivered('ship-notice-out', number)),
    ...numbers('account.move', [
      ['move_type', '=', 'out_invoice'],
      ['state', '=', 'posted'],
    ]).map((number) => delivered('invoice-out', number)),
  ]
}
