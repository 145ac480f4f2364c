import type { Json, SourceDocument } from '../../core/exchange.ts'
import { contentHash } from '../../core/hash.ts'
import type { Problem } from '../../core/problems.ts'
import { asJson, type Bundle, documentTypes, type Primary, partOf } from './bundle.ts'
import { type Fields, isFields, textOf } from './parse/reading.ts'
import { stampOf } from './parse/time.ts'
import { parse } from './parse.ts'

/** What a document is called, who it waits for, and when it was so. */
interface Naming {
  id: string
  number: string
  group: string
  version: string
}

/** The latest of some date-times, so that text order is time order; "" where there is none. */
const latest = (...values: readonly (Json | undefined)[]): string =>
  values
    .map((value) => stampOf(textOf(value) ?? '') ?? '')
    .sort()
    .at(-1) ?? ''

const historyOf = (record: Fields): Json[] =>
  (Array.isArray(record.status_history) ? record.status_history : []).flatMap((one) =>
    isFields(one) ? [one.timestamp ?? null] : [],
  )

const namings: { readonly [name in Primary]: (record: Fields, raw: Json, document: Fields) => Naming } = {
  shipment: (record, raw, { delivered }) => {
    const order = partOf(raw, 'order') ?? {}
    const orderId = textOf(record.order_id) ?? textOf(order.id) ?? ''
    const { created_date, last_update_at, last_tracking_update_at, actual_fulfillment_date } = record
    const at = latest(created_date, last_update_at, last_tracking_update_at, actual_fulfillment_date)
    return {
      id: textOf(record.id) ?? '',
      number: textOf(order.reference_id) ?? textOf(record.reference_id) ?? orderId,
      group: `order/${orderId}`,
      // Delivery does not always move a stamp: it is later than what has the same ones without it.
      version: delivered === true && at !== '' ? `${at} delivered` : at,
    }
  },
  receiving: (record) => {
    const id = textOf(record.id) ?? ''
    const number = textOf(record.purchase_order_number)
    return {
      id,
      number: number ?? id,
      // Several receiving orders of one purchase order are booked on the same receipt.
      group: number === undefined ? `receiving/${id}` : `receiving/${number}`,
      version: latest(record.insert_date, record.last_updated_date, ...historyOf(record)),
    }
  },
  unidentified: (record) => {
    const id = textOf(record.id) ?? ''
    return {
      id,
      number: textOf(record.barcode) ?? id,
      group: `unidentified/${id}`,
      version: latest(record.created_date, record.linked_wro_date),
    }
  },
  return: (record) => {
    const id = textOf(record.id) ?? ''
    const { insert_date, awaiting_arrival_date, arrived_date, processing_date, completed_date, cancelled_date } = record
    return {
      id,
      number: textOf(record.reference_id) ?? id,
      group: `return/${textOf(record.original_shipment_id) ?? id}`,
      version: latest(
        ...[insert_date, awaiting_arrival_date, arrived_date, processing_date, completed_date, cancelled_date],
        ...historyOf(record),
      ),
    }
  },
  invoice: (record) => {
    const id = textOf(record.invoice_id) ?? ''
    return { id, number: id, group: `invoice/${id}`, version: latest(record.invoice_date) }
  },
}

/** What a receiving order says of itself moves without anything to book. */
const content = ({ updatedAt: _at, markedReceived: _marked, ...document }: Fields): Fields => document

/**
 * A bundle as a source document with what its parsing warns of. The hash is of what the canonical document says, so that
 * stamps, costs and addresses make no new one; of the records themselves where they cannot be parsed. A webhook and a poll
 * that read the same state give the same document.
 * @param arrival what names this arrival; the record's own state where absent
 */
export function describe(bundle: Bundle, arrival?: string): { document: SourceDocument; warnings: Problem[] } {
  const raw = asJson(bundle)
  const primary = (Object.keys(documentTypes) as Primary[]).find((name) => partOf(raw, name) !== undefined)
  if (primary === undefined) throw new TypeError('a bundle has a record of its own')
  const parsed = parse(documentTypes[primary], raw)
  const said = 'document' in parsed ? (parsed.document as Fields) : undefined
  const { id, number, group, version } = namings[primary](partOf(raw, primary) ?? {}, raw, said ?? {})
  const hash = contentHash(said ? content(said) : raw)
  return {
    document: {
      type: documentTypes[primary],
      key: id,
      number,
      group,
      version,
      hash,
      arrival: arrival ?? `${id}@${version}+${hash.slice(0, 8)}`,
      raw,
    },
    warnings: 'document' in parsed ? parsed.warnings : [],
  }
}
