import type { ErpLocation } from '../../../documents/erp-order.ts'
import type { Party } from '../../../documents/parts.ts'
import { defined, type Reading } from './reading.ts'

/** How tables and other documents name a contact: its reference, else its database id. */
const codeOf = (contact: Reading): string => contact.text('ref') ?? contact.id

/**
 * The company behind a contact field, as the partners table names it: the commercial contact's reference, else its
 * database id. In a file without contacts the id of the field itself.
 */
export function companyOf(from: Reading, ...fields: string[]): string | undefined {
  const contact = from.linked('res.partner', ...fields)
  if (!contact) return from.idOf(...fields)?.toString()
  const company = contact.linked('res.partner', 'commercial_partner_id')
  return company ? codeOf(company) : (contact.idOf('commercial_partner_id')?.toString() ?? codeOf(contact))
}

/** The name of the company behind a contact field. */
export function companyNameOf(from: Reading, ...fields: string[]): string | undefined {
  const contact = from.linked('res.partner', ...fields)
  const company = contact?.linked('res.partner', 'commercial_partner_id') ?? contact
  return company?.text('name') ?? contact?.nameOf('commercial_partner_id') ?? from.nameOf(...fields)
}

/** The place a contact field means: the contact's own reference, else its database id. */
export function placeOf(from: Reading, ...fields: string[]): string | undefined {
  const contact = from.linked('res.partner', ...fields)
  return contact ? codeOf(contact) : from.idOf(...fields)?.toString()
}

/**
 * A contact as a party of a document: the company's name first, an address of its own (a store) second, a person as
 * the contact. References of contacts are our numbers of partners, or a retailer's numbers of its places: buyer's
 * either way (92). Country and state by their codes; a state's display name carries its country ("California (US)").
 * @param role X12 address type ("ST", "BT")
 */
export function partyOf(role: string, from: Reading, ...fields: string[]): Party | undefined {
  const contact = from.linked('res.partner', ...fields)
  if (contact) return partyOfContact(role, contact)
  const name = from.nameOf(...fields)
  return name === undefined ? undefined : { role, name, address: [] }
}

/**
 * A party of a document that we send to a customer: what stands in the reference of the customer itself is our number
 * of it (91), what stands in one of its places is its own (92).
 */
export function customerPartyOf(role: string, from: Reading, ...fields: string[]): Party | undefined {
  const contact = from.linked('res.partner', ...fields)
  const party = partyOf(role, from, ...fields)
  const itself = contact !== undefined && contact.idOf('commercial_partner_id') === contact.record.id
  return party?.codeQualifier === '92' && itself ? { ...party, codeQualifier: '91' } : party
}

function partyOfContact(role: string, contact: Reading): Party {
  const company = contact.linked('res.partner', 'commercial_partner_id')
  const companyName = company?.text('name') ?? contact.nameOf('commercial_partner_id', 'parent_id')
  const own = contact.text('name')
  const ref = contact.text('ref')
  const gln = contact.text('global_location_number')
  const person =
    !contact.flag('is_company') && contact.text('type') === 'contact' && contact.idOf('parent_id') !== undefined
  const second = own !== undefined && own !== companyName && companyName !== undefined
  const state = /^(.*?)(?: \(([A-Z]{2})\))?$/.exec(contact.nameOf('state_id') ?? '')
  const code = ref ?? gln
  return {
    role,
    ...defined({
      code,
      codeQualifier: code === undefined ? undefined : ref === undefined ? 'UL' : '92',
      name: companyName ?? own ?? contact.text('display_name'),
      name2: second && !person ? own : undefined,
    }),
    address: ['street', 'street2'].flatMap((field) => contact.text(field) ?? []),
    ...defined({
      city: contact.text('city'),
      state: contact.linked('res.country.state', 'state_id')?.text('code') ?? (state?.[1] || undefined),
      postalCode: contact.text('zip'),
      country: contact.linked('res.country', 'country_id')?.text('code') ?? state?.[2],
      contact: second && person ? own : undefined,
      phone: contact.text('phone', 'mobile'),
      email: contact.text('email'),
    }),
  }
}

/** A ship-to as a place of its customer; its reference is the retailer's number of it. */
export function locationOf(from: Reading, customer: string | undefined, ...fields: string[]): ErpLocation[] {
  const contact = from.linked('res.partner', ...fields)
  const address = contact && partyOfContact('ST', contact)
  if (!contact || !address || customer === undefined) return []
  const rest = { name: address.name2 ?? address.name, externalRef: contact.text('ref'), address }
  return [{ customer, location: codeOf(contact), ...defined(rest) }]
}
