import type { PurchaseOrderChange } from '../../documents/purchase-order.ts'
import { onlyNew } from './change-merge.ts'
import type { PlanContext } from './context.ts'
import { cancelAfter, requestedOn, scheduledShipment, shipViaOf } from './header.ts'
import { partyOf, resolveShipTo, type ShipTo } from './ship-to.ts'
import type { OrderSnapshot } from './snapshot.ts'

/** What an 860 changes of an order as a whole. */
export interface HeaderChange {
  /** Dates that are other than before, YYYY-MM-DD. */
  requestedOn?: string | undefined
  scheduledShipment?: string | undefined
  cancelAfter?: string | undefined
  shipVia?: string | undefined
  /** Where the goods go from now on, where that changes. */
  shipTo?: ShipTo | undefined
  /** What the ledger keeps of the order from now on. */
  kept: Pick<OrderSnapshot, 'dates' | 'parties' | 'carrier'>
  /** True where `kept` differs from what was known. */
  keeps: boolean
  /** Notes that the order did not have. */
  notes: string[]
  /** Change codes of lines that the header speaks for. */
  covers: ReadonlySet<string>
}

type Party = OrderSnapshot['parties'][number]

/** Ship-to, carrier and dates are changed in the ERP order; terms, charges and other parties hold the change. */
export function changedHeader(change: PurchaseOrderChange, current: OrderSnapshot, context: PlanContext): HeaderChange {
  const dates = [
    ...current.dates.filter((d) => !change.dates.some((c) => c.qualifier === d.qualifier)),
    ...change.dates,
  ]
  const parties = movedParties(change, current, context)
  const { fulfilment } = current
  const shipTo = parties.some((p) => p.role === 'ST') ? resolveShipTo({ parties, fulfilment }, context) : undefined
  const carried = says(change.carrier, current.carrier, ['scac', 'routing'])
  const carrier = carried ? { ...current.carrier, ...change.carrier } : current.carrier
  const shipVia = carried ? shipViaOf(carrier, context, 'hold') : undefined
  checkMoney(change, current, context)
  const roles = new Set(parties.map((p) => p.role))
  return {
    requestedOn: moved(requestedOn, current, { dates }),
    scheduledShipment: moved(scheduledShipment, current, { dates }),
    cancelAfter: moved(cancelAfter, current, { dates }),
    shipVia,
    shipTo,
    kept: {
      dates,
      parties: [...current.parties.filter((p) => !roles.has(p.role)), ...parties],
      ...(carrier === undefined ? {} : { carrier }),
    },
    keeps: onlyNew(dates, current.dates).length > 0,
    notes: onlyNew(
      change.notes.map((n) => n.text),
      current.notes.map((n) => n.text),
    ),
    covers: new Set([...(shipTo ? ['CL'] : []), ...(shipVia === undefined ? [] : ['CS'])]),
  }
}

const moved = (
  of: typeof requestedOn,
  before: Pick<OrderSnapshot, 'dates'>,
  after: Pick<OrderSnapshot, 'dates'>,
): string | undefined => (of(before) === of(after) ? undefined : of(after))

/** True where `after` says one of these fields and says it differently. */
const says = <T extends object>(after: T | undefined, before: T | undefined, fields: readonly (keyof T)[]): boolean =>
  after !== undefined &&
  fields.some((f) => after[f] !== undefined && JSON.stringify(after[f]) !== JSON.stringify(before?.[f]))

/** Parties that the change moves, whole. Where a number stays the same, it is the same place. */
function movedParties(change: PurchaseOrderChange, current: OrderSnapshot, { find, erp }: PlanContext): Party[] {
  const roles = new Set(change.parties.map((p) => p.role))
  const parties = [...roles].flatMap((role) => partyOf(change, role) ?? [])
  const byAddress = current.parts.some((p) => p.location === undefined)
  const changed = parties.filter((party) => {
    const before = partyOf(current, party.role)
    if (!before) return party.role === 'ST' || party.role === 'Z7'
    if (party.code !== undefined && party.code === before.code && !byAddress) return false
    const stated = Object.entries(party).filter(([, v]) => (Array.isArray(v) ? v.length > 0 : v !== undefined))
    return stated.some(([name, v]) => JSON.stringify(v) !== JSON.stringify(before[name as keyof Party]))
  })
  const kept = (role: string) => notWritten.has(role) || (role === 'ST' && !erp.shipsToCustomer)
  for (const { role, code, name } of changed.filter((p) => kept(p.role)))
    find.hold(
      'CHANGE_NOT_APPLIED',
      `The change names another place ${role}: ${[code, name].filter(Boolean).join(' ')}. Change it in the order by hand.`,
      'Header.Address',
    )
  return changed
}

/** Bill-to, buyer and mark-for: who the customer is and what the note says, which a change does not write. */
const notWritten = new Set(['BT', 'BY', 'Z7'])

/** Terms, charges and currency of the whole order: a person changes them in the ERP. */
function checkMoney(change: PurchaseOrderChange, current: OrderSnapshot, { find }: PlanContext): void {
  const hold = (what: string, path: string) =>
    find.hold('CHANGE_NOT_APPLIED', `The change brings ${what}. Change the order by hand.`, path)
  if (says(change.terms, current.terms, ['type', 'basis', 'discountPercent', 'discountDays', 'netDays']))
    hold('other payment terms', 'Header.PaymentTerms')
  if (onlyNew(change.charges, current.charges).length > 0)
    hold('another allowance or charge', 'Header.ChargesAllowances')
  if (change.currency !== undefined && current.currency !== undefined && change.currency !== current.currency)
    hold(`prices in ${change.currency} instead of ${current.currency}`, 'Header.OrderHeader.BuyersCurrency')
}
