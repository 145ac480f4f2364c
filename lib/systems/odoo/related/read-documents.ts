import type { SourceDocument } from '../../../core/exchange.ts'
import { type Bundle, externalIdModel, ownReferenceOf, readingModel } from '../bundle.ts'
import { isOwnName } from '../external-ids.ts'
import type { Odoo, OdooRecord } from '../rpc.ts'
import { toSourceDocument } from '../source-document.ts'
import { bundleOf, type Reference } from './closure.ts'
import { readExternalIds } from './external-ids.ts'
import { fieldsOf } from './fields.ts'
import { graphOf } from './graph.ts'
import { readVendorPrices } from './vendor-prices.ts'

/** Ids in one search; an `in` list of 10,000 works, and answers stay small enough to be decoded at once. */
const idsPerRead = 1000

/** What of a stream and of the settings decides what is read. */
interface Kind {
  model: string
  types: readonly string[]
  eligible(record: OdooRecord): boolean
}

/**
 * Documents of records of one model, with all they refer to: one read for each model and level of references, however
 * many records there are. Records that are gone, or no longer in a state that becomes a document, give none.
 */
export async function readDocuments(
  odoo: Odoo,
  { model, types, eligible }: Kind,
  ids: readonly number[],
  settings: { timeZone?: string | undefined },
): Promise<SourceDocument[]> {
  const [type] = types
  if (ids.length === 0 || type === undefined) return []
  const reading: LevelRead = { odoo, type, known: new Map() }
  await load(reading, model, ids)
  const primaries = ids.flatMap((id) => reading.known.get(model)?.get(id) ?? []).filter(eligible)
  const bundles = await complete(reading, model, primaries)
  if (!forWarehouse.has(type)) {
    await readVendorPrices(odoo, bundles)
    await readExternalIds(odoo, bundles)
  }
  const how = howRead(odoo, type, settings)
  return bundles.flatMap((bundle) => {
    if (type === 'received-order' && !isReceived(model, bundle)) return []
    return [toSourceDocument(type, how === undefined ? bundle : { ...bundle, [readingModel]: [how] })]
  })
}

/** Documents that name neither vendors' own numbers nor ours. */
const forWarehouse = new Set(['product', 'inbound-order'])

/** What of the reading matters to its meaning: in whose days, and of which company and version kits and lots are told. */
function howRead(
  { version, companies }: Odoo,
  type: string,
  { timeZone }: { timeZone?: string | undefined },
): OdooRecord | undefined {
  const zone: OdooRecord | undefined = timeZone === undefined ? undefined : { id: 1, timezone: timeZone }
  if (!forWarehouse.has(type)) return zone
  const [company] = companies
  return { id: 1, ...zone, version, ...(company === undefined ? {} : { company }) }
}

/** From 18 on an agreement has no `origin`; that it is ours is then told by its external id. */
const isReceived = (model: string, bundle: Bundle): boolean =>
  (bundle[model] ?? []).slice(0, 1).some((record) => ownReferenceOf(record) !== undefined) ||
  (bundle[externalIdModel] ?? []).some((row) => row.model === model && isOwnName(row.name))

interface LevelRead {
  odoo: Odoo
  type: string
  known: Map<string, Map<number, OdooRecord>>
}

/** Reads level by level until nothing new is pointed to. What cannot be read (gone, another company's) is left out. */
async function complete(reading: LevelRead, model: string, primaries: OdooRecord[]): Promise<Bundle[]> {
  const { known, type } = reading
  const graph = graphOf(type, model)
  const asked = new Set<string>()
  const source = { get: ({ model, id }: Reference) => known.get(model)?.get(id) }
  for (;;) {
    const found = primaries.map((record) => bundleOf(model, record, source, graph))
    const next = new Map<string, Set<number>>()
    for (const { model, id } of found.flatMap((one) => one.missing)) {
      if (asked.has(`${model}/${id}`)) continue
      asked.add(`${model}/${id}`)
      next.set(model, (next.get(model) ?? new Set()).add(id))
    }
    if (next.size === 0) return found.map((one) => one.bundle)
    for (const [name, missing] of next) await load(reading, name, [...missing])
  }
}

/** Searches instead of reading by id: one record that this user may not see would fail a whole read. */
async function load({ odoo, type, known }: LevelRead, model: string, ids: readonly number[]): Promise<void> {
  const fields = await fieldsOf(odoo, model, type)
  if (!fields) return
  const records = known.get(model) ?? new Map<number, OdooRecord>()
  known.set(model, records)
  for (let start = 0; start < ids.length; start += idsPerRead) {
    const part = ids.slice(start, start + idsPerRead)
    const context = { active_test: false }
    for (const record of await odoo.searchRead(model, [['id', 'in', part]], { fields, order: 'id asc', context }))
      records.set(record.id, record)
  }
}
