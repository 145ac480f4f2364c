import type { SourceDocument } from '../../core/exchange.ts'
import { contentHash } from '../../core/hash.ts'
import { asJson, type Bundle, primaryModels, readingModel } from './bundle.ts'
import { contentOf, lineModels } from './content.ts'
import type { OdooRecord } from './rpc.ts'
import { isoStamp, stockNumber } from './stamps.ts'
import { isWarehouseType, tellingOf, warehouseStamps } from './warehouse-content.ts'

/** Sent once in their life: their later states at the source are no new documents. */
const once = new Set(['ship-notice', 'invoice'])

/** Later than every version that is a time stamp: what is deleted does not come back. */
const afterAll = '9999-12-31T23:59:59Z'

/**
 * The identity of a bundle's document. Key and group are the model with the database id, since names may be empty or
 * change; the name is the number people know. Version is the latest write_date of the record and its lines, in whole
 * seconds. The hash covers what the document says, not what payments, receipts or messages do to the record.
 * @param arrival what names this arrival; id, version and content where absent
 */
export function toSourceDocument(type: string, bundle: Bundle, arrival?: string): SourceDocument {
  if (type === 'stock-report') return stockDocument(bundle, arrival)
  const model = primaryModels(type).find((name) => name in bundle) ?? ''
  const primary = bundle[model]?.[0]
  const id = primary?.id ?? 0
  const key = `${model}/${id}`
  const { version, hash } =
    primary && isWarehouseType(type)
      ? { version: latest(warehouseStamps(type, primary, bundle)), hash: contentHash(tellingOf(type, bundle)) }
      : ofRecords(bundle, model, primary)
  return {
    type,
    key,
    number: primary ? numberOf(type, model, primary) : key,
    group: key,
    version,
    hash,
    arrival: arrival ?? arrivalOf(id, version, hash),
    ...(once.has(type) ? { once: true } : {}),
    raw: asJson(bundle),
  }
}

/** What a person would look for: a record's name, of an article its internal reference. */
export function numberOf(type: string, model: string, { id, name, default_code: code }: OdooRecord): string {
  if (type === 'product') return typeof code === 'string' && code.trim() !== '' ? code.trim() : String(id)
  return typeof name === 'string' && name !== '' ? name : `${model}/${id}`
}

/** The document as a state that is not older than this (ISO stamp): something it was made of is gone since then. */
export function noOlderThan(document: SourceDocument, stamp: string): SourceDocument {
  if (document.version >= stamp) return document
  const id = Number(document.key.split('/')[1])
  return { ...document, version: stamp, arrival: arrivalOf(id, stamp, document.hash) }
}

const arrivalOf = (id: number, version: string, hash: string): string => `${id}@${version}+${hash.slice(0, 8)}`

const latest = (stamps: readonly string[]): string => [...stamps].sort().at(-1) ?? ''

function ofRecords(bundle: Bundle, model: string, primary: OdooRecord | undefined) {
  const lines = primary ? linesOf(bundle, model, primary) : []
  return {
    version: latest([primary, ...lines.map(({ record }) => record)].map((record) => isoStamp(record?.write_date))),
    hash: contentHash(primary ? [contentOf(model, primary), ...lines.map((l) => contentOf(l.model, l.record))] : []),
  }
}

/** The lines of the document's own record; lines of other orders in the bundle are theirs. */
function linesOf(bundle: Bundle, model: string, primary: OdooRecord): { model: string; record: OdooRecord }[] {
  return (lineModels[model] ?? []).flatMap(({ model: name, parent }) =>
    (bundle[name] ?? [])
      .filter((record) => {
        const header = record[parent]
        return (Array.isArray(header) ? header[0] : header) === primary.id
      })
      .map((record) => ({ model: name, record }))
      .sort((a, b) => a.record.id - b.record.id),
  )
}

/** One report a day and warehouse has one key: an unchanged one the same day says nothing new, the next day it does. */
function stockDocument(bundle: Bundle, arrival?: string): SourceDocument {
  const rows = bundle['product.product'] ?? []
  const [reading] = bundle[readingModel] ?? []
  const stamps = rows.map((row) => isoStamp(row.write_date)).sort()
  const at = typeof reading?.at === 'string' ? reading.at : (stamps.at(-1) ?? '')
  const place = typeof reading?.warehouse === 'string' ? reading.warehouse : 'all'
  // Row by row: tens of thousands of them as one text would be the most this function ever holds.
  const hash = contentHash(rows.map((row) => contentHash(contentOf('product.product', row))))
  return {
    type: 'stock-report',
    key: `stock/${place}/${at.slice(0, 10)}`,
    number: stockNumber(place, at),
    group: `stock/${place}`,
    version: at,
    hash,
    arrival: arrival ?? `${place}@${at}+${hash.slice(0, 8)}`,
    raw: asJson(bundle),
  }
}

/** A record that is gone: its last state, later than every other one. */
export function deletedDocument(type: string, model: string, id: number, number: string): SourceDocument {
  const key = `${model}/${id}`
  return {
    type,
    key,
    number,
    group: key,
    version: afterAll,
    hash: contentHash({ deleted: key }),
    arrival: `${id}@deleted`,
    raw: asJson({ [model]: [{ id, name: number, state: 'deleted' }] }),
  }
}
