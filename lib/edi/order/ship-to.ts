import type { Party } from '../../documents/parts.ts'
import type { PurchaseOrder } from '../../documents/purchase-order.ts'
import { resolveCode } from '../resolve/code.ts'
import { placeByCode } from '../resolve/location.ts'
import type { PlanContext } from './context.ts'

/** Where an order goes: a location of the customer or a warehouse of ours, or an address of its own. */
export interface ShipTo {
  location?: string
  /** Our own warehouse, where the goods come to us. */
  warehouse?: string
  address?: ShipToAddress
}

/** An address that overrides the customer's own. Country as the ERP keeps it: two letters. */
export interface ShipToAddress {
  code?: string | undefined
  name?: string | undefined
  attention?: string | undefined
  line1?: string | undefined
  line2?: string | undefined
  city?: string | undefined
  state?: string | undefined
  postalCode?: string | undefined
  country?: string | undefined
  phone?: string | undefined
  email?: string | undefined
}

type Order = Pick<PurchaseOrder, 'parties' | 'fulfilment'>

export const partyOf = ({ parties }: Pick<PurchaseOrder, 'parties'>, role: string): Party | undefined =>
  parties.find((p) => p.role === role)

/** Codes that may tell which customer a partner is: ship-to, mark-for, buyer. */
export const placesOf = (order: Order): string[] =>
  ['ST', 'Z7', 'BY'].flatMap((role) => partyOf(order, role)?.code ?? [])

/**
 * The ERP's location for the order's ship-to (acumatica.md §8). A drop-ship order takes the consumer's address; so does a
 * partner whose row says so; any other place that is not in the table holds the order.
 */
export function resolveShipTo(order: Order, context: PlanContext): ShipTo | undefined {
  const shipTo = partyOf(order, 'ST')
  if (!context.erp.shipsToCustomer) return shipTo ? ownPlace(shipTo, context) : {}
  if (!shipTo) return withoutShipTo(order, context)
  const listed = shipTo.code === undefined ? undefined : listedLocation(shipTo.code, 'ST', context)
  if (listed !== undefined) return { location: listed }
  const byAddress = order.fulfilment === 'drop-ship' || context.partner?.unmappedShipTo === 'address'
  if (byAddress) return addressOf(shipTo, context)
  const location = shipTo.code === undefined ? undefined : unlistedLocation(shipTo.code, 'ST', context)
  if (location !== undefined) return { location }
  return context.find.hold(
    'LOCATION_UNKNOWN',
    shipTo.code === undefined
      ? `The ship-to ${shipTo.name ?? ''} has no location number, and the partner's row does not allow an address of its own.`
      : `Ship-to ${shipTo.code}${shipTo.name ? ` (${shipTo.name})` : ''} of ${context.tradingPartner} is not in the locations table. Add a row with its location.`,
    'Header.Address',
    shipTo.code === undefined ? undefined : missingLocation(shipTo.code, context),
  )
}

/** The row of the locations table that a place needs. */
export const missingLocation = (code: string, { tradingPartner }: PlanContext) => ({
  table: 'locations',
  cells: { kind: 'ship-to', tradingPartner, code },
})

/** The ERP's location of a code: by the table, else as the ERP finds places by their number; undefined where neither. */
export const findLocation = (code: string, role: string, context: PlanContext): string | undefined =>
  listedLocation(code, role, context) ?? unlistedLocation(code, role, context)

function unlistedLocation(code: string, role: string, { find, erp }: PlanContext): string | undefined {
  const value = erp.unlistedPlace?.(code)
  if (value !== undefined)
    find.decide({ field: erp.fields.location, rule: '850.location.by-number', input: `${role} ${code}`, value })
  return value
}

/** The ERP's location of a code, as a decision; undefined where the table does not know it. */
function listedLocation(
  code: string,
  role: string,
  context: PlanContext,
  kind: 'ship-to' | 'warehouse' = 'ship-to',
): string | undefined {
  const { tables, tradingPartner, partner, find, erp } = context
  const place = placeByCode(tables, { kind, tradingPartner, customer: partner?.customer }, code)
  if (!place || place.location === '') return undefined
  find.decide({
    field: erp.fields.location,
    rule: '850.location',
    input: `${role} ${code}`,
    value: place.location,
    table: place.source,
  })
  return place.location
}

/** No ship-to at all: a mapped mark-for or buyer place, else the partner's default, else the customer's own. */
function withoutShipTo(order: Order, context: PlanContext): ShipTo {
  for (const role of ['Z7', 'BY']) {
    const code = partyOf(order, role)?.code
    const location = code === undefined ? undefined : listedLocation(code, role, context)
    if (location !== undefined) return { location }
  }
  const { partner, find } = context
  find.warn(
    'SHIP_TO_MISSING',
    `The order names no ship-to; it goes to ${partner?.location ? `location ${partner.location}` : 'the default location of the customer'}.`,
    'Header.Address',
  )
  return partner?.location === undefined ? {} : { location: partner.location }
}

/** Goods that come to us: a warehouse by the table, else what the order says of the place, whole or not. */
function ownPlace(party: Party, context: PlanContext): ShipTo {
  const { code, name, address, city, contact, name2 } = party
  const location = code === undefined ? undefined : listedLocation(code, 'ST', context, 'warehouse')
  if (location !== undefined) return { warehouse: location }
  if ([code, name, city, ...address].every((part) => part === undefined)) return {}
  const [line1, ...more] = address
  return {
    address: {
      code,
      name,
      attention: contact ?? name2,
      line1,
      line2: more.join(', ') || undefined,
      city,
      state: party.state,
      postalCode: party.postalCode,
      country:
        resolveCode(context.tables, 'countryIn', context.tradingPartner, party.country ?? '')?.value ?? party.country,
      phone: party.phone,
      email: party.email,
    },
  }
}

function addressOf(party: Party, context: PlanContext): ShipTo | undefined {
  const { find, partner, erp } = context
  const [line1 = '', ...more] = party.address
  const { city = '', name = '' } = party
  const missing = [
    [line1, 'Address1'],
    [city, 'City'],
    [name, 'AddressName'],
  ].flatMap(([value, field]) => (value ? [] : [field as string]))
  if (missing.length > 0)
    return find.hold(
      'ADDRESS_INCOMPLETE',
      `The ship-to address lacks ${missing.join(', ')}; goods cannot be sent there.`,
      'Header.Address',
    )
  find.decide({ field: erp.fields.address, rule: '850.address', input: `ST ${name}`, value: 'true' })
  return {
    ...(partner?.location === undefined ? {} : { location: partner.location }),
    address: {
      code: party.code,
      name,
      attention: party.contact ?? party.name2,
      line1,
      line2: more.join(', ') || undefined,
      city,
      state: party.state,
      postalCode: party.postalCode,
      country: country(party.country, context),
      phone: party.phone,
      email: party.email,
    },
  }
}

/** ERPs keep two letters; RSX samples show three. */
function country(code: string | undefined, { tables, tradingPartner, find, erp }: PlanContext): string | undefined {
  if (code === undefined) return undefined
  const found = resolveCode(tables, 'countryIn', tradingPartner, code)
  if (!found) {
    if (/^[A-Z]{2}$/.test(code)) return code
    return find.hold(
      'CODE_UNKNOWN',
      `Country ${code} has no two-letter code in the codes table (kind countryIn).`,
      'Header.Address',
      { table: 'codes', cells: { kind: 'countryIn', code } },
    )
  }
  find.decide({
    field: erp.fields.country,
    rule: '850.country',
    input: code,
    value: found.value,
    table: found.source,
  })
  return found.value
}
