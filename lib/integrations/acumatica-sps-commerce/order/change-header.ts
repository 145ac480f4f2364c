import type { PurchaseOrderChange } from '../../../documents/purchase-order.ts'
import { type SalesOrderPut, wrap, wrapFields } from '../../../systems/acumatica/records.ts'
import { onlyNew } from './change-merge.ts'
import type { PlanContext } from './context.ts'
import { cancelAfter, midnight, requestedOn, scheduledShipment, shipViaOf } from './header.ts'
import { partyOf, resolveShipTo } from './ship-to.ts'
import type { OrderSnapshot } from './snapshot.ts'

/** What an 860 changes of an order as a whole. */
export interface HeaderChange {
  /** Fields of the ERP order to write. */
  fields: Partial<SalesOrderPut>
  /** What the ledger keeps of the order from now on. */
  kept: Pick<OrderSnapshot, 'dates' | 'parties' | 'carrier'>
  /** True where `kept` differs from what was known. */
  keeps: boolean
  /** True where the goods go elsewhere, to `location` or to an address of the order's own. */
  moved: boolean
  location: string | undefined
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
    fields: {
      ...wrapFields({
        RequestedOn: moved(requestedOn, current, { dates }),
        LocationID: shipTo?.location,
      }),
      ...(shipTo ? (shipTo.override ?? ownAddressNoMore) : {}),
      ...shippingFields(current, { dates }, shipVia),
    },
    kept: {
      dates,
      parties: [...current.parties.filter((p) => !roles.has(p.role)), ...parties],
      ...(carrier === undefined ? {} : { carrier }),
    },
    keeps: onlyNew(dates, current.dates).length > 0,
    moved: shipTo !== undefined,
    location: shipTo?.location,
    notes: onlyNew(
      change.notes.map((n) => n.text),
      current.notes.map((n) => n.text),
    ),
    covers: new Set([...(shipTo ? ['CL'] : []), ...(shipVia === undefined ? [] : ['CS'])]),
  }
}

/** An order that had an address of its own and now goes to a place of the customer. */
const ownAddressNoMore = { ShipToAddressOverride: wrap(false), ShipToContactOverride: wrap(false) }

function shippingFields(
  before: OrderSnapshot,
  after: Pick<OrderSnapshot, 'dates'>,
  shipVia: string | undefined,
): Pick<SalesOrderPut, 'ShippingSettings'> {
  const shipping = wrapFields({
    ScheduledShipmentDate: moved(scheduledShipment, before, after),
    CancelByDate: moved(cancelAfter, before, after),
    ShipVia: shipVia,
  })
  return Object.keys(shipping).length > 0 ? { ShippingSettings: shipping } : {}
}

const moved = (
  of: typeof requestedOn,
  before: Pick<OrderSnapshot, 'dates'>,
  after: Pick<OrderSnapshot, 'dates'>,
): string | undefined => (of(before) === of(after) ? undefined : midnight(of(after)))

/** True where `after` says one of these fields and says it differently. */
const says = <T extends object>(after: T | undefined, before: T | undefined, fields: readonly (keyof T)[]): boolean =>
  after !== undefined &&
  fields.some((f) => after[f] !== undefined && JSON.stringify(after[f]) !== JSON.stringify(before?.[f]))

/** Parties that the change moves, whole. Where a number stays the same, it is the same place. */
function movedParties(change: PurchaseOrderChange, current: OrderSnapshot, { find }: PlanContext): Party[] {
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
  for (const { role, code, name } of changed.filter((p) => notWritten.has(p.role)))
    find.hold(
      'CHANGE_NOT_APPLIED',
      `The change names another place ${role}: ${[code, name].filter(Boolean).join(' ')}. Change it in the order by hand.`,
      'Header.Address',
    )
  return changed
}

/** Bill-to, buyer and mark-for: who the customer is and what the note says, which a change does not write. */
const notWritten = new Set(['BT', 'BY', 'Z7'])

/** Terms, charges and currency of the whole order: a person changes them in Acumatica. */
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
