import type { Domain, FieldInfo, Odoo, OdooRecord } from './rpc.ts'

/*
 * The table of odoo.md §12: what one version of Odoo calls otherwise than the next. Names are picked by what the
 * database has, since modules and patches move names as well; only what cannot be asked goes by the version number.
 */

/** Names of one field, newest first. */
export const fieldNames = {
  /** On purchase, sale and agreement lines: 19, before. */
  lineUnit: ['product_uom_id', 'product_uom'],
  /** Of a purchase order: 19, before. */
  purchaseNote: ['note', 'notes'],
  /** Moves of a transfer: 16 and newer, before. */
  transferMoves: ['move_ids', 'move_lines'],
  /** Done on a move: 17 and newer, before. */
  moveDone: ['quantity', 'quantity_done'],
  /** Done on a move line: 17 and newer, before. */
  lineDone: ['quantity', 'qty_done'],
  /** Of a vendor's price: 15 and newer, before. */
  priceVendor: ['partner_id', 'name'],
  /** Our reference on an agreement: up to 17, where both are; newer. */
  agreementOrigin: ['origin', 'reference'],
  /** Of a lot, with the add-on product_expiry: 15 and newer, before. */
  lotExpiry: ['expiration_date', 'life_date'],
} as const

export type FieldName = keyof typeof fieldNames

/** Names of one model, newest first. */
export const modelNames = {
  /** 19, before. */
  package: ['stock.package', 'stock.quant.package'],
  /** 16 and newer, before. */
  lot: ['stock.lot', 'stock.production.lot'],
  /** Where the barcode of a packaging is: on a unit from 19 on, on the packaging before. */
  packagingBarcode: ['product.uom', 'product.packaging'],
} as const

export type ModelName = keyof typeof modelNames

/** What this database calls a field; undefined where it has none. */
export const nameOn = (fields: Readonly<Record<string, FieldInfo>> | undefined, thing: FieldName): string | undefined =>
  fieldNames[thing].find((name) => fields?.[name])

/** What this database calls a model; undefined where it has none. */
export async function modelIn(odoo: Odoo, thing: ModelName): Promise<string | undefined> {
  for (const name of modelNames[thing]) if (await odoo.hasModel(name)) return name
  return undefined
}

/** The fields of an agreement show which of its methods confirms it: 18 and newer, before (odoo.md §8.5). */
export const confirmsAgreement = (fields: Readonly<Record<string, FieldInfo>>): string =>
  fields.requisition_type ? 'action_confirm' : 'action_in_progress'

/** 18 asks back instead of cancelling a sales order without it, 19 and 16 do not mind (odoo.md §8.4). */
export const cancelsSale = { disable_cancel_warning: true }

/** From which version on something is there that cannot be asked for. */
export const since = {
  /** JSON-2 (odoo.md §1). */
  json2: 19,
  /** `has_access` in place of `check_access_rights` (odoo.md §2.4). */
  hasAccess: 18,
  /** `has_group` as a method of the user's record. */
  groupOfRecord: 18,
} as const

export const has = (version: number, what: keyof typeof since): boolean => version >= since[what]

/** The versions that these facts are of. */
export const knownVersions = { oldest: 14, newest: 19 }

/** No services, and no choices of products (18 and newer). `type` tells them in every version. */
export const goodsDomain: Domain = [['type', 'not in', ['service', 'combo']]]

/** What tells a product whose stock is counted (odoo.md §12): a flag from 18 on, a type of its own before. */
export function countedDomain(present: { readonly [field: string]: unknown }): Domain {
  if ('is_storable' in present) return [['is_storable', '=', true]]
  return [['detailed_type' in present ? 'detailed_type' : 'type', '=', 'product']]
}

/** The same of a record that was read. */
export const isCounted = (product: OdooRecord): boolean =>
  'is_storable' in product ? product.is_storable === true : (product.detailed_type || product.type) === 'product'
