import type { MapResult } from '../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../core/findings.ts'
import type { Flow, MapContext } from '../../core/flow.ts'
import type { PurchaseOrder } from '../../documents/purchase-order.ts'
import { acknowledge } from '../acknowledgement/acknowledge.ts'
import type { Erp } from '../erp.ts'
import { orderLinePath } from '../order/context.ts'
import { decideOrder } from '../order/decide.ts'
import { expectationsOf } from '../order/expectations.ts'
import { typeByTable } from '../order/header.ts'
import { planOrder } from '../order/plan.ts'
import { checkStores } from '../order/replacement.ts'
import { placesOf } from '../order/ship-to.ts'
import { readSnapshot } from '../order/snapshot.ts'
import { orderThread } from '../order/thread.ts'
import { cancelWrites, orderWrites } from '../order/writes.ts'
import { type Partner, resolvePartner } from '../resolve/partner.ts'

/** How an integration takes orders in. */
export interface OrderIntake<Settings> {
  /** The flow's name. */
  name: string
  /**
   * The ERP as these settings and this trading partner want it; a problem of them is held.
   * @param orderType what the order becomes, where the tables or the order as it stands say it
   */
  erp(settings: Settings, partner: Partner | undefined, find: Findings, orderType?: string): Erp
  /** True where the 855 goes out as soon as the ERP has taken the order. */
  answers(settings: Settings): boolean
}

/** 850 → order in the ERP; once it has taken it, an 855 tells the retailer what was accepted. */
export const purchaseOrderFlow = <Settings>(intake: OrderIntake<Settings>): Flow<PurchaseOrder, Settings> => ({
  name: intake.name,
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
    const result = mapOrder(order, context, { intake, partner, find })
    if (!partner || order.purpose === 'cancel' || result.outcome === 'skipped') return result
    // Held or not: the partner's clock runs.
    const expect = expectationsOf(order, partner, context.capturedAt)
    return expect.length > 0 ? { ...result, expect } : result
  },

  followUp: (order, context, snapshot, delivered) => {
    if (order.purpose === 'cancel' || !intake.answers(context.settings)) return undefined
    const erp = intake.erp(context.settings, undefined, createFindings())
    // A retailer that revises by sending the order again gets an answer to each.
    const replaced = delivered.some((d) => d.operation !== 'create-order')
    const asTaken = readSnapshot(snapshot)
    return asTaken && acknowledge({ order: asTaken, accepted: delivered.map(erp.accepted), replaced }, context)
  },
})

interface Mapping<Settings> {
  intake: OrderIntake<Settings>
  partner: Partner | undefined
  find: Findings
}

function mapOrder<Settings>(
  order: PurchaseOrder,
  context: MapContext<Settings>,
  { intake, partner, find }: Mapping<Settings>,
): MapResult {
  const thread = orderThread(order, context.history(order.number), { ...context, type: order.type })
  const decided = decideOrder(order, context.hash, thread, partner, find)
  if (decided.step === 'skip') return skipped(find, decided.code, decided.message)
  const erp = intake.erp(context.settings, partner, find, typeByTable(order, context.tables))
  const connection = context.connections[erp.system] ?? ''
  if (decided.step === 'cancel') {
    if (find.problems.length > 0) return held(find)
    return written(find, cancelWrites(connection, decided.current, erp), {
      snapshot: toJson({ ...decided.current, cancelled: true }),
    })
  }
  // What is to be cancelled need not be mended first.
  if (order.purpose === 'cancel') return held(find)
  const plan = planOrder(order, {
    ...context,
    erp,
    find,
    partner,
    tradingPartner: order.tradingPartner,
    linePath: orderLinePath,
  })
  if (decided.step === 'replace' && plan) checkStores(plan.snapshot, decided.current, find)
  if (!plan || find.problems.length > 0) return held(find)
  const operation = decided.step === 'create' ? 'create-order' : 'replace-order'
  return written(find, orderWrites(connection, operation, plan.orders), { snapshot: toJson(plan.snapshot) })
}
