import { idOf, idsOf, recordsOf } from '../bundle.ts'
import type { Domain, Odoo, OdooRecord } from '../rpc.ts'
import type { Part, Parts } from '../stream.ts'

/** Archived variants and bills count: what they are told as changes with them. */
const withArchived = { active_test: false } as const
const rowsPerRead = 2000

const variant = 'product.product'
const bill = 'mrp.bom'
const billLine = 'mrp.bom.line'

/** The variants of templates. */
export async function ofTemplates(odoo: Odoo, templates: readonly number[]): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>(templates.map((id) => [id, []]))
  for (const row of await readAll(odoo, variant, [['product_tmpl_id', 'in', [...templates]]], ['product_tmpl_id']))
    found.get(idOf(row.product_tmpl_id) ?? 0)?.push(row.id)
  return found
}

/**
 * The products that a bill of materials has to do with: all variants of its template, and every kit that holds one of
 * them, however deep: a kit is told by what it consists of in the end.
 */
export async function ofBills(odoo: Odoo, bills: readonly number[]): Promise<Map<number, number[]>> {
  const rows = await readAll(odoo, bill, [['id', 'in', [...bills]]], ['product_tmpl_id'])
  const templateOf = new Map(rows.map((row) => [row.id, idOf(row.product_tmpl_id)]))
  const around = await withKitsAround(odoo, [...templateOf.values()])
  return new Map(bills.map((id) => [id, around.get(templateOf.get(id) ?? 0) ?? []]))
}

const partOf = (row: OdooRecord): Part => ({
  id: row.id,
  root: idOf(row.product_tmpl_id) ?? 0,
  holds: idsOf(row.bom_line_ids),
})

/** What kits consist of: a bill or a line of one that is deleted touches no other record. */
export const kitParts: Parts = {
  list: async (odoo) => {
    if (!(await odoo.hasModel(bill))) return undefined
    return (await readAll(odoo, bill, [['type', '=', 'phantom']], ['product_tmpl_id', 'bom_line_ids'])).map(partOf)
  },
  inside: ({ raw }) =>
    recordsOf(raw, bill)
      .filter(({ type }) => type === 'phantom')
      .map(partOf),
  headers: async (odoo, templates) => [...new Set([...(await withKitsAround(odoo, templates)).values()].flat())],
}

/** Template → its variants and those of all kits that hold one of them. */
async function withKitsAround(
  odoo: Odoo,
  given: readonly (number | undefined)[],
): Promise<ReadonlyMap<number, number[]>> {
  const roots = [...new Set(given.filter((id) => id !== undefined))]
  const variants = new Map<number, number[]>()
  const holders = new Map<number, Set<number>>()
  for (let next = roots; next.length > 0; ) {
    const found = await ofTemplates(odoo, next)
    for (const [template, ids] of found) variants.set(template, ids)
    for (const [template, kits] of await kitsHolding(odoo, found)) holders.set(template, kits)
    next = [...new Set([...holders.values()].flatMap((kits) => [...kits]))].filter((id) => !variants.has(id))
  }
  return new Map(
    roots.map((root) => [root, [...reached(root, holders)].flatMap((template) => variants.get(template) ?? [])]),
  )
}

/** Template → templates of the kits that hold one of its variants. */
async function kitsHolding(
  odoo: Odoo,
  variants: ReadonlyMap<number, readonly number[]>,
): Promise<Map<number, Set<number>>> {
  const templateOf = new Map([...variants].flatMap(([template, ids]) => ids.map((id) => [id, template] as const)))
  if (templateOf.size === 0 || !(await odoo.hasModel(billLine))) return new Map()
  const inKits: Domain = [
    ['product_id', 'in', [...templateOf.keys()]],
    ['bom_id.type', '=', 'phantom'],
  ]
  const lines = await readAll(odoo, billLine, inKits, ['product_id', 'bom_id'])
  const bills = [...new Set(lines.flatMap((line) => idOf(line.bom_id) ?? []))]
  const rows = bills.length === 0 ? [] : await readAll(odoo, bill, [['id', 'in', bills]], ['product_tmpl_id'])
  const kitOf = new Map(rows.map((row) => [row.id, idOf(row.product_tmpl_id)]))
  const found = new Map<number, Set<number>>()
  for (const line of lines) {
    const held = templateOf.get(idOf(line.product_id) ?? 0)
    const kit = kitOf.get(idOf(line.bom_id) ?? 0)
    if (held !== undefined && kit !== undefined) found.set(held, (found.get(held) ?? new Set()).add(kit))
  }
  return found
}

function reached(root: number, holders: ReadonlyMap<number, ReadonlySet<number>>): Set<number> {
  const seen = new Set([root])
  for (const at of seen) for (const kit of holders.get(at) ?? []) seen.add(kit)
  return seen
}

async function readAll(odoo: Odoo, model: string, domain: Domain, fields: string[]): Promise<OdooRecord[]> {
  const rows: OdooRecord[] = []
  for (let last = 0; ; ) {
    const search = { fields, order: 'id asc', limit: rowsPerRead, context: withArchived }
    const page = await odoo.searchRead(model, [...domain, ['id', '>', last]], search)
    rows.push(...page)
    if (page.length < rowsPerRead) return rows
    last = page.at(-1)?.id ?? last
  }
}
