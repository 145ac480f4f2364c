import type { MapResult } from '../../core/exchange.ts'
import { createFindings, held, skipped, toJson, written } from '../../core/findings.ts'
import type { Flow } from '../../core/flow.ts'
import type { PurchaseOrderChange } from '../../documents/purchase-order.ts'
import { planChange } from '../order/change.ts'
import { orderLinePath, type PlanContext } from '../order/context.ts'
import { onKnownOrder } from '../order/decide.ts'
import { planOrder } from '../order/plan.ts'
import { asOrder, checkStores, isOlder } from '../order/replacement.ts'
import { orderThread } from '../order/thread.ts'
import { cancelWrites, orderWrites } from '../order/writes.ts'
import { resolvePartner } from '../resolve/partner.ts'
import type { OrderIntake } from './purchase-order.ts'

/** 860 → change, replacement or cancellation of the order it names (sps-commerce.md 7.2, §9). */
export const purchaseOrderChangeFlow = <Settings>(
  intake: Pick<OrderIntake<Settings>, 'name' | 'erp'>,
): Flow<PurchaseOrderChange, Settings> => ({
  name: intake.name,
  source: 'sps-commerce',
  types: ['purchase-order-change'],
  lookups: (change) => [{ number: change.number }],

  map(change, context): MapResult {
    const find = createFindings()
    const path = 'Header.OrderHeader'
    const thread = orderThread(change, context.history(change.number), { ...context, type: change.type })
    if (thread.documents.some((d) => d.hash === context.hash))
      return skipped(find, 'DUPLICATE', `This change of order ${change.number} was already taken.`)
    if (change.purpose === 'duplicate' && thread.documents.some((d) => d.key === context.key))
      return skipped(find, 'DUPLICATE', 'The change is marked as a repeat (purpose 07) and is known.')
    if (change.purpose === 'confirm')
      return skipped(find, 'CONFIRMATION', 'A confirmation (purpose 06) changes nothing.')
    if (thread.current && isOlder(change.sequence, thread.current.sequence))
      return skipped(
        find,
        'STALE_CHANGE',
        `Change ${change.sequence} of order ${change.number} came after change ${thread.current.sequence} was applied.`,
      )
    const known = onKnownOrder(change.purpose === 'cancel' ? 'cancel' : 'replace', change, thread, find, path)
    if (known.step === 'skip') return skipped(find, known.code, known.message)
    if (known.step !== 'cancel' && known.step !== 'replace') return held(find)
    const { current } = known
    // Who the partner is does not matter to a cancellation; a row that is gone must not stop it.
    const seen = known.step === 'cancel' ? createFindings() : find
    const partner = resolvePartner(
      context.tables,
      { tradingPartner: change.tradingPartner, vendor: change.vendor ?? current.vendor, customer: current.customer },
      seen,
      `${path}.TradingPartnerId`,
    )
    const erp = intake.erp(context.settings, partner, seen, current.erpOrderType)
    const connection = context.connections[erp.system] ?? ''
    if (known.step === 'cancel')
      return written(find, cancelWrites(connection, current, erp), {
        snapshot: toJson({ ...current, cancelled: true }),
      })
    if (current.parts.length > 1)
      find.hold(
        'STORES_DIFFER',
        `Order ${change.number} is ${current.parts.length} ERP orders, one for each store; the change does not say which. Change them by hand.`,
        path,
      )
    const plan: PlanContext = {
      tables: context.tables,
      erp,
      find,
      tradingPartner: change.tradingPartner,
      partner,
      capturedAt: context.capturedAt,
      linePath: orderLinePath,
    }
    if (change.purpose === 'replace') {
      const replaced = planOrder(asOrder(change, current), plan)
      if (replaced) checkStores(replaced.snapshot, current, find)
      if (!replaced || find.problems.length > 0) return held(find)
      const snapshot = { ...replaced.snapshot, ...(change.sequence ? { sequence: change.sequence } : {}) }
      return written(find, orderWrites(connection, 'replace-order', replaced.orders), { snapshot: toJson(snapshot) })
    }
    const changed = planChange(change, current, plan)
    if (!changed || find.problems.length > 0) return held(find)
    if (!changed.changes)
      return skipped(find, 'NO_CHANGE', `The change of order ${change.number} says what the order says already.`)
    return written(find, orderWrites(connection, 'change-order', changed.order ? [changed.order] : []), {
      snapshot: toJson(changed.snapshot),
    })
  },
})
