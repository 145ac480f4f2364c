import type { NamedDocument } from '../../../core/exchange.ts'
import { rows } from '../paging.ts'
import { type Fields, isFields, textOf } from '../parse/reading.ts'
import { invoicesOf } from './billing.ts'
import { batches, type Feed, idsAtOnce, type Work } from './feed.ts'
import { boxesOf, openReceiving } from './receiving.ts'

const isNumber = (id: string): boolean => /^\d+$/.test(id)
const after = (id: string, prefix: string): string | undefined =>
  id.startsWith(`${prefix}:`) ? id.slice(prefix.length + 1) : undefined

/** Asked-for ids by the record that answers them. */
type Asked = Map<string, string[]>

function add(asked: Asked, record: string | undefined, id: string): void {
  if (record !== undefined) asked.set(record, [...(asked.get(record) ?? []), id])
}

/**
 * The documents of records that webhooks named (webhook.ts says how), in the same state and shape as a poll gives them.
 * Hundreds of ids are a few calls. A transaction makes no document by itself: the invoice that it comes to stand on at the
 * weekly close is found by the poll.
 */
export async function readNamed(
  stream: string,
  feed: Feed,
  work: Work,
  ids: readonly string[],
): Promise<NamedDocument[]> {
  if (stream === 'billing') return ofInvoices(work, ids)
  const asked: Asked = new Map()
  for (const id of ids) if (isNumber(id)) add(asked, id, id)
  if (stream === 'shipments') await addOrders(work, ids, asked)
  if (stream === 'receiving') await addReceiving(feed, work, ids, asked)
  const found: NamedDocument[] = []
  for (const batch of batches([...asked.keys()]))
    for await (const row of recordsOf(stream, feed, work, batch)) {
      const { documents, foreign } = await feed.read(row, '')
      if (foreign) work.log.info('a record of another channel was named', { stream, id: feed.id(row) })
      for (const id of asked.get(feed.id(row) ?? '') ?? [])
        for (const document of documents)
          if ((after(id, 'shipment') ?? document.key) === document.key) found.push({ id, document })
    }
  return found
}

async function* recordsOf(stream: string, feed: Feed, work: Work, ids: readonly string[]): AsyncGenerator<Fields> {
  const request =
    stream === 'shipments'
      ? { path: '/order', query: { IDs: [...ids], Page: 1, Limit: idsAtOnce } }
      : feed.open?.byIds(ids)
  if (!request) return
  for await (const row of rows(work.client, feed.dialect, request)) if (isFields(row)) yield row
}

/** The orders of shipments that came without theirs: only an order says its channel. */
async function addOrders({ client }: Work, ids: readonly string[], asked: Asked): Promise<void> {
  for (const id of ids) {
    const shipment = after(id, 'shipment')
    if (shipment === undefined) continue
    const { status, body } = await client.get(`/shipment/${encodeURIComponent(shipment)}`, { accept: [404] })
    if (status !== 404 && isFields(body)) add(asked, textOf(body.order_id), id)
  }
}

/** The receiving orders of boxes that came without theirs, among those that are open. */
async function addReceiving(feed: Feed, { client }: Work, ids: readonly string[], asked: Asked): Promise<void> {
  const boxes = ids.filter((id) => !isNumber(id))
  if (boxes.length === 0) return
  for await (const row of rows(client, feed.dialect, openReceiving)) {
    const order = isFields(row) ? textOf(row.id) : undefined
    for (const box of order === undefined ? [] : ((await boxesOf(client, order)) ?? []))
      if (isFields(box))
        for (const id of boxes)
          if ([`box:${textOf(box.box_id)}`, `tracking:${textOf(box.tracking_number)}`].includes(id))
            add(asked, order, id)
  }
}

async function ofInvoices({ client }: Work, ids: readonly string[]): Promise<NamedDocument[]> {
  const found = await invoicesOf(client, ids.filter(isNumber))
  return [...found].flatMap(([id, { documents }]) => documents.map((document) => ({ id, document })))
}
