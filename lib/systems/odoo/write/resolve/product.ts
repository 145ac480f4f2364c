import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { ProductRef } from '../../records.ts'
import type { Domain, Odoo, OdooRecord } from '../../rpc.ts'
import { findRecord } from '../external-id.ts'
import { listed, problem, textOf } from '../work.ts'
import { spellings } from './barcode.ts'
import { type CodeHolders, packagingHolders, vendorHolders } from './product-codes.ts'

export interface Product {
  id: number
  name: string
  unitId: number
  /** none, lot or serial. */
  tracking: string
  /** True where lots carry expiration dates (add-on product_expiry). */
  expires: boolean
}

/** A product as a document names it, and where. */
export interface Asked {
  ref: ProductRef
  path: string
}

/**
 * The products of a document, in its order: undefined where none or several fit, which `found` tells. Every kind of
 * number is asked for once for the whole document. The first kind that fits an active product decides; where it fits
 * several, the other numbers of the line may tell them apart.
 * @param vendor database id of the company whose part numbers `vendorPart` are; any vendor's where absent
 */
export async function resolveProducts(
  odoo: Odoo,
  asked: readonly Asked[],
  found: Problem[],
  vendor?: number,
): Promise<(Product | undefined)[]> {
  const items = unique(asked.flatMap(({ ref }) => [ref.item, ref.otherItem].flatMap((item) => item?.trim() || [])))
  const codes = unique([...asked.flatMap(({ ref }) => ref.barcodes ?? []), ...items].flatMap(spellings))
  const parts = unique(asked.flatMap(({ ref }) => ref.vendorPart?.trim() || []))
  const ids = items.flatMap((item) => databaseId(item) ?? [])
  const [direct, packed, sold, named] = await Promise.all([
    products(odoo, ['|', '|', ['default_code', 'in', items], ['barcode', 'in', codes], ['id', 'in', ids]]),
    packagingHolders(odoo, codes),
    vendorHolders(odoo, parts, vendor),
    externalIds(odoo, items),
  ])
  const known = new Set(direct.map(({ id }) => id))
  const further = unique([...packed.values(), ...sold.values(), ...named.values()].flat()).filter(
    (id) => !known.has(id),
  )
  const all = further.length > 0 ? [...direct, ...(await products(odoo, [['id', 'in', further]]))] : direct
  const rows = new Map(all.map((row) => [row.id, row]))
  return asked.map(({ ref, path }) => choose(ref, path, rows, { packed, sold, named }, found))
}

/** "id:12", as the reader names a product without numbers. Bare digits are somebody's part number. */
const databaseId = (item: string): number | undefined => {
  const digits = /^id:([1-9]\d{0,8})$/.exec(item)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

const unique = <T>(values: T[]): T[] => [...new Set(values)]

function choose(
  ref: ProductRef,
  path: string,
  rows: ReadonlyMap<number, OdooRecord>,
  { packed, sold, named }: { packed: CodeHolders; sold: CodeHolders; named: CodeHolders },
  found: Problem[],
): Product | undefined {
  const item = ref.item?.trim() ?? ''
  const other = ref.otherItem?.trim() ?? ''
  const [ofItem, ofBarcodes] = [spellings(item), (ref.barcodes ?? []).flatMap(spellings)]
  const all = [...rows.values()]
  const withBarcode = (codes: string[]) => all.filter((row) => codes.includes(textOf(row.barcode) ?? ''))
  const holders = (of: CodeHolders, codes: string[]) =>
    codes.flatMap((code) => of.get(code) ?? []).flatMap((id) => rows.get(id) ?? [])
  const steps = [
    item === '' ? [] : all.filter((row) => textOf(row.default_code) === item),
    holders(named, [item]),
    all.filter((row) => row.id === databaseId(item)),
    withBarcode(ofItem),
    withBarcode(ofBarcodes),
    holders(packed, [...ofItem, ...ofBarcodes]),
    holders(sold, ref.vendorPart === undefined ? [] : [ref.vendorPart.trim()]),
    other === '' ? [] : all.filter((row) => textOf(row.default_code) === other),
  ].map((step) => [...new Set(step)])
  const active = steps.map((step) => step.filter((row) => row.active !== false))
  const fitting = active.filter((step) => step.length > 0)
  const [first = []] = fitting
  const narrowed = fitting.reduce((left, step) => {
    const both = left.filter((row) => step.includes(row))
    return left.length > 1 && both.length > 0 ? both : left
  }, first)
  const [one] = narrowed
  if (one && narrowed.length === 1) return product(one)
  const said = describe(ref)
  if (narrowed.length > 1) {
    const which = listed(narrowed.map(nameOf))
    found.push(problem('ODOO_PRODUCT_AMBIGUOUS', `${said} is ${narrowed.length} products in Odoo: ${which}.`, path))
    return undefined
  }
  const archived = steps.flat()[0]
  if (archived) found.push(problem('ODOO_ARCHIVED', `${said} is ${nameOf(archived)}, which is archived in Odoo.`, path))
  else found.push(problem('ODOO_PRODUCT_NOT_FOUND', `${said} is no product in Odoo.`, path))
  return undefined
}

/** How a person looks for it. */
function describe({ item, barcodes, vendorPart }: ProductRef): string {
  const parts = [
    item === undefined ? '' : `item ${item}`,
    barcodes?.length ? `barcode ${barcodes.join(' or ')}` : '',
    vendorPart === undefined ? '' : `vendor's part ${vendorPart}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'A line without any number' : `The ${parts.join(', ')}`
}

const nameOf = (row: OdooRecord): string => `${textOf(row.display_name) ?? ''} (${row.id})`

const product = (row: OdooRecord): Product => ({
  id: row.id,
  name: textOf(row.display_name) ?? String(row.id),
  unitId: idOf(row.uom_id) ?? 0,
  tracking: textOf(row.tracking) ?? 'none',
  expires: row.use_expiration_date === true,
})

/** Products of database ids. */
export async function readProducts(odoo: Odoo, ids: readonly number[]): Promise<Map<number, Product>> {
  const rows = ids.length === 0 ? [] : await products(odoo, [['id', 'in', [...new Set(ids)]]])
  return new Map(rows.map((row) => [row.id, product(row)]))
}

/** Products of a domain, archived ones too. */
async function products(odoo: Odoo, domain: Domain): Promise<OdooRecord[]> {
  const known = await odoo.fields('product.product')
  const fields = ['display_name', 'default_code', 'barcode', 'active', 'uom_id', 'tracking', 'use_expiration_date']
  return odoo.searchRead('product.product', [['active', 'in', [true, false]], ...domain], {
    fields: fields.filter((field) => known[field]),
    order: 'id',
  })
}

/** Products named "module.name". One call each, and rare: an internal reference with a dot is looked up as one, too. */
async function externalIds(odoo: Odoo, items: string[]): Promise<CodeHolders> {
  const names = items.filter((item) => /^[a-z_]\w*\.[\w.-]+$/i.test(item) && !/^\d/.test(item))
  const found = await Promise.all(names.map(async (name) => [name, await findRecord(odoo, name)] as const))
  return new Map(
    found.flatMap(([name, record]) => (record?.model === 'product.product' ? [[name, [record.id]] as const] : [])),
  )
}
