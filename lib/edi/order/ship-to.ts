import type { Party } from '../../documents/parts.ts'
import type { PurchaseOrder } from '../../documents/purchase-order.ts'
import { resolveCode } from '../resolve/code.ts'
import { placeByCode } from '../resolve/location.ts'
import type { PlanContext } from './context.ts'

/** Where an order goes: a location of the customer, or an address of its own. */
export interface ShipTo {
  location?: string
  address?: ShipToAddress
}

/** An address that overrides the customer's own. Country as the ERP keeps it: two letters. */
export interface ShipToAddress {
  code?: string | undefined
  name: string
  attention?: string | undefined
  line1: string
  line2?: string | undefined
  city: string
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
  if (!context.erp.shipsToCustomer) return {}
  const shipTo = partyOf(order, 'ST')
  if (!shipTo) return withoutShipTo(order, context)
  const location = shipTo.code === undefined ? undefined : findLocation(shipTo.code, 'ST', context)
  if (location !== undefined) return { location }
  const byAddress = order.fulfilment === 'drop-ship' || context.partner?.unmappedShipTo === 'address'
  if (byAddress) return addressOf(shipTo, context)
  return context.find.hold(
    'LOCATION_UNKNOWN',
    shipTo.code === undefined
      ? `The ship-to ${shipTo.name ?? ''} has no location number, and the partner's row does not allow an address of its own.`
      : `Ship-to ${shipTo.code}${shipTo.name ? ` (${shipTo.name})` : ''} of ${context.tradingPartner} is not in the locations table. Add a row with its location.`,
    'Header.Address',
  )
}

/** The ERP's location of a code, as a decision; undefined where the table does not know it. */
export function findLocation(code: string, role: string, context: PlanContext): string | undefined {
  const { tables, tradingPartner, partner, find, erp } = context
  const place = placeByCode(tables, { kind: 'ship-to', tradingPartner, customer: partner?.customer }, code)
  if (!place || place.location === '') {
    const unlisted = erp.unlistedPlace?.(code)
    if (unlisted !== undefined)
      find.decide({
        field: erp.fields.location,
        rule: '850.location.by-number',
        input: `${role} ${code}`,
        value: unlisted,
      })
    return unlisted
  }
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
    const location = code === undefined ? undefined : findLocation(code, role, context)
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
