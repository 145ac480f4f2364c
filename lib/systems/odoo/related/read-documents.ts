import type { SourceDocument } from '../../../core/exchange.ts'
import { type Bundle, externalIdModel, ownReferenceOf, readingModel } from '../bundle.ts'
import { isOwnName } from '../external-ids.ts'
import type { Odoo, OdooRecord } from '../rpc.ts'
import { toSourceDocument } from '../source-document.ts'
import { bundleOf, type Reference } from './closure.ts'
import { readExternalIds } from './external-ids.ts'
import { fieldsOf } from './fields.ts'
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
  if (ids.length === 0) return []
  const known = new Map<string, Map<number, OdooRecord>>()
  await load(odoo, known, model, ids)
  const primaries = ids.flatMap((id) => known.get(model)?.get(id) ?? []).filter(eligible)
  const bundles = await complete(odoo, known, model, primaries)
  await readVendorPrices(odoo, bundles)
  await readExternalIds(odoo, bundles)
  const [type] = types
  return bundles.flatMap((bundle) => {
    if (type === undefined || (type === 'received-order' && !isReceived(model, bundle))) return []
    const { timeZone } = settings
    const whole = timeZone === undefined ? bundle : { ...bundle, [readingModel]: [{ id: 1, timezone: timeZone }] }
    return [toSourceDocument(type, whole)]
  })
}

/** From 18 on an agreement has no `origin`; that it is ours is then told by its external id. */
const isReceived = (model: string, bundle: Bundle): boolean =>
  (bundle[model] ?? []).slice(0, 1).some((record) => ownReferenceOf(record) !== undefined) ||
  (bundle[externalIdModel] ?? []).some((row) => row.model === model && isOwnName(row.name))

type Known = Map<string, Map<number, OdooRecord>>

/** Reads level by level until nothing new is pointed to. What cannot be read (gone, another company's) is left out. */
async function complete(odoo: Odoo, known: Known, model: string, primaries: OdooRecord[]): Promise<Bundle[]> {
  const asked = new Set<string>()
  const source = { get: ({ model, id }: Reference) => known.get(model)?.get(id) }
  for (;;) {
    const found = primaries.map((record) => bundleOf(model, record, source))
    const next = new Map<string, Set<number>>()
    for (const { model, id } of found.flatMap((one) => one.missing)) {
      if (asked.has(`${model}/${id}`)) continue
      asked.add(`${model}/${id}`)
      next.set(model, (next.get(model) ?? new Set()).add(id))
    }
    if (next.size === 0) return found.map((one) => one.bundle)
    for (const [name, missing] of next) await load(odoo, known, name, [...missing])
  }
}

/** Searches instead of reading by id: one record that this user may not see would fail a whole read. */
async function load(odoo: Odoo, known: Known, model: string, ids: readonly number[]): Promise<void> {
  const fields = await fieldsOf(odoo, model)
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
