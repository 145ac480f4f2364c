import { Refusal } from '../../../../core/failures.ts'
import { contentHash } from '../../../../core/hash.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { AddressRecord } from '../../records.ts'
import type { Odoo } from '../../rpc.ts'
import { findRecord, qualified } from '../external-id.ts'
import { load } from '../load.ts'
import { problem, textOf } from '../work.ts'
import { type Contact, contacts } from './partner.ts'
import { type Place, resolvePlace } from './place.ts'

/** A delivery address that is there, or how to make it once nothing else is wrong with the document. */
export type Address = { id: number } | { create: () => Promise<number> }

const parts = ['name', 'street', 'street2', 'city', 'zip'] as const

/**
 * The delivery address of a document among the contacts of its partner: by its code (`ref`), else the same address,
 * else a new child contact. A contact that is found is used as it is, since people may have mended it.
 */
export async function resolveAddress(
  odoo: Odoo,
  sent: AddressRecord,
  partner: Contact,
  found: Problem[],
  warnings: Problem[],
): Promise<Address | undefined> {
  const children = await contacts(odoo, [['commercial_partner_id', '=', partner.commercialId], ...addressDomain(sent)])
  const active = children.filter((one) => one.record.active !== false)
  const place = await resolvePlace(odoo, sent, partner.countryId, found)
  const byCode = sent.code === undefined ? [] : active.filter((one) => one.record.ref === sent.code)
  if (byCode.length > 1) {
    const who = byCode.map((one) => `${one.name} (${one.id})`).join(', ')
    found.push(problem('ODOO_PARTNER_AMBIGUOUS', `The ship-to ${sent.code} is several contacts: ${who}.`, 'shipTo'))
    return undefined
  }
  if (byCode[0]) {
    const other = differing(byCode[0], sent)
    if (other.length > 0)
      warnings.push(
        problem(
          'ODOO_ADDRESS_DIFFERS',
          `The ship-to ${sent.code} is ${byCode[0].name} in Odoo with another ${other.join(', ')} than the document's.`,
          'shipTo',
        ),
      )
    return byCode[0]
  }
  const same = active.filter(
    (one) => sameAddress(one, sent, place) && (sent.code === undefined || textOf(one.record.ref) === undefined),
  )
  // Equal addresses are one place: the one of the same name, else the oldest.
  const known = same.find((one) => alike(one.record.name, sent.name)) ?? same[0]
  return known ?? { create: () => createAddress(odoo, sent, partner, place) }
}

/** Few of a retailer's thousand stores: those with the code, the postal code or the street. */
function addressDomain(sent: AddressRecord) {
  const conditions = [
    ...(sent.code === undefined ? [] : [['ref', '=', sent.code]]),
    ...(sent.zip === undefined ? [] : [['zip', '=ilike', literal(sent.zip)]]),
    ...(sent.street === undefined ? [] : [['street', '=ilike', literal(sent.street)]]),
  ]
  return [...Array.from({ length: Math.max(0, conditions.length - 1) }, () => '|'), ...conditions]
}

const literal = (text: string): string => text.replace(/[%_\\]/g, '\\$&')

const normal = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .toLowerCase()
        .replace(/[\s.,]+/g, ' ')
        .trim()
    : ''
const alike = (a: unknown, b: unknown): boolean => normal(a) === normal(b)

const differing = (contact: Contact, sent: AddressRecord): string[] =>
  (['street', 'city', 'zip'] as const).filter(
    (part) => sent[part] !== undefined && !alike(contact.record[part], sent[part]),
  )

const sameAddress = ({ record }: Contact, sent: AddressRecord, place: Place): boolean =>
  normal(sent.street) !== '' &&
  (['street', 'street2', 'city', 'zip'] as const).every((part) => alike(record[part], sent[part])) &&
  (place.countryId === undefined || idOf(record.country_id) === place.countryId) &&
  (place.stateId === undefined || idOf(record.state_id) === place.stateId)

/** Made by `load` under a name of its content, so that the same address is made once, whoever asks for it. */
async function createAddress(odoo: Odoo, sent: AddressRecord, partner: Contact, place: Place): Promise<number> {
  const content = sent.code ?? parts.map((part) => normal(sent[part]))
  const name = `address_${partner.commercialId}_${contentHash([content, sent.code ? null : place])}`
  const standing = await findRecord(odoo, name)
  if (standing) return standing.id
  const cells: [string, string | undefined][] = [
    ['id', qualified(name)],
    ['parent_id/.id', String(partner.commercialId)],
    ['type', 'delivery'],
    ['ref', sent.code],
    ...parts.map((part): [string, string | undefined] => [part, sent[part]]),
    ['state_id/.id', place.stateId?.toString()],
    ['country_id/.id', place.countryId?.toString()],
    ['phone', sent.phone],
    ['email', sent.email],
  ]
  const given = cells.filter((cell): cell is [string, string] => cell[1] !== undefined && cell[1] !== '')
  const made = await load(odoo, 'res.partner', {
    columns: given.map(([column]) => column),
    rows: [given.map(([, value]) => value)],
  })
  const id = 'ids' in made ? made.ids[0] : undefined
  if (id === undefined) throw new Refusal(422, 'problems' in made ? made.problems : [])
  return id
}
