import type { MapResult } from '../../../core/exchange.ts'
import type { Flow, MapContext } from '../../../core/flow.ts'
import type { PurchaseOrder } from '../../../documents/purchase-order.ts'
import { acknowledge } from '../acknowledgement/acknowledge.ts'
import { createFindings, held, skipped, toJson, written } from '../findings.ts'
import { orderLinePath, type PlanContext } from '../order/context.ts'
import { decideOrder } from '../order/decide.ts'
import { planOrder } from '../order/plan.ts'
import { checkStores } from '../order/replacement.ts'
import { placesOf } from '../order/ship-to.ts'
import { orderThread } from '../order/thread.ts'
import { cancelWrites, orderWrites } from '../order/writes.ts'
import { resolvePartner } from '../resolve/partner.ts'
import type { Settings } from '../settings.ts'

/** 850 → sales order in Acumatica; once the ERP has taken it, an 855 tells the retailer what was accepted. */
export const purchaseOrderFlow: Flow<PurchaseOrder, Settings> = {
  name: 'purchase-order',
  source: 'sps-commerce',
  types: ['purchase-order'],
  lookups: (order) => [{ number: order.number }],

  map(order, context): MapResult {
    const find = createFindings()
    const partner = resolvePartner(
      context.tables,
      { tradingPartner: order.tradingPartner, vendor: order.vendor, places: placesOf(order) },
      find,
      'Header.OrderHeader.TradingPartnerId',
    )
    const thread = orderThread(order, context.history(order.number), { ...context, type: order.type })
    const decided = decideOrder(order, context.hash, thread, partner, find)
    if (decided.step === 'skip') return skipped(find, decided.code, decided.message)
    const erp = context.connections.acumatica ?? ''
    if (decided.step === 'cancel') {
      if (find.problems.length > 0) return held(find)
      return written(find, cancelWrites(erp, decided.current), {
        snapshot: toJson({ ...decided.current, cancelled: true }),
      })
    }
    // What is to be cancelled need not be mended first.
    if (order.purpose === 'cancel') return held(find)
    const plan = planOrder(order, planContext(order, context, partner, find))
    if (decided.step === 'replace' && plan) checkStores(plan.snapshot, decided.current, find)
    if (!plan || find.problems.length > 0) return held(find)
    const operation = decided.step === 'create' ? 'create-order' : 'replace-order'
    return written(find, orderWrites(erp, operation, plan.records), { snapshot: toJson(plan.snapshot) })
  },

  followUp: (order, context, snapshot, delivered) =>
    order.purpose === 'cancel' ? undefined : acknowledge(order, context, snapshot, delivered),
}

const planContext = (
  order: PurchaseOrder,
  context: MapContext<Settings>,
  partner: PlanContext['partner'],
  find: PlanContext['find'],
): PlanContext => ({
  tables: context.tables,
  settings: context.settings,
  find,
  tradingPartner: order.tradingPartner,
  partner,
  capturedAt: context.capturedAt,
  linePath: orderLinePath,
})
