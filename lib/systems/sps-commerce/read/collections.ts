import type { ConnectionContext } from '../../../core/connection.ts'
import type { Json, SourceDocument, SourcePage, SourceReader } from '../../../core/exchange.ts'
import { Failure, Refusal } from '../../../core/failures.ts'
import type { Client } from '../client.ts'
import { type Page, readPage } from '../paging.ts'
import { type Settings, type StreamName, streamNames } from '../settings.ts'
import { sourceDocuments } from '../source-document.ts'
import { inOrder } from './order.ts'
import { type InventoryMark, isStock, newestOf, notBefore } from './stock.ts'

interface Stream {
  path: keyof Settings['paths']
  /** What its documents are taken for where their content does not say. */
  type: string
  /** What its documents may be besides. */
  also?: string
}

/** Where each stream is read. */
export const streams: Readonly<Record<StreamName, Stream>> = {
  'purchase-orders': { path: 'purchaseOrders', type: 'purchase-order', also: 'purchase-order-change' },
  'order-changes': { path: 'orderChanges', type: 'purchase-order-change' },
  acknowledgements: { path: 'orderAcks', type: 'acknowledgement' },
  shipments: { path: 'shipments', type: 'advance-ship-notice' },
  'warehouse-receipts': { path: 'warehouseReceipts', type: 'warehouse-receipt' },
  'product-activity': { path: 'productActivity', type: 'product-activity' },
  inventory: { path: 'inventory', type: 'inventory-advice' },
}

/** The connection's streams that give a document some flow takes: an account is not asked for what nobody reads. */
export const streamsOf = ({ settings, wanted }: Pick<ConnectionContext<Settings>, 'settings' | 'wanted'>) =>
  streamNames.filter((name) => {
    const { type, also = type } = streams[name]
    return settings.streams.includes(name) && (wanted.includes(type) || wanted.includes(also))
  })

/** Where a walk stands. The server's cursor is opaque; `offset` is for lists that page that way. */
type Position = { cursor?: string; offset?: number } & InventoryMark

/**
 * Collections of documents by cursor (sps-commerce.md 3.1, §5). The last page has no next cursor to store: the cursor
 * that fetched it is kept, it is read again at the next poll, and what is known is dropped as a duplicate.
 */
export function collectionReader(context: ConnectionContext<Settings>, client: Client): SourceReader {
  const { settings, log, connection } = context

  const fetchPage = async (stream: StreamName, at: Position): Promise<Page> => {
    const path = settings.paths[streams[stream].path]
    const query = { limit: settings.pageSize, cursor: at.cursor, offset: at.offset }
    return readPage(client, { method: 'GET', path, query })
  }

  /** A cursor the server no longer knows: the walk begins again, and duplicates are dropped (sps-commerce.md §5). */
  const fetchOrRestart = async (stream: StreamName, at: Position): Promise<{ page: Page; at: Position }> => {
    try {
      return { page: await fetchPage(stream, at), at }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (at.cursor === undefined || (error.status !== 400 && error.status !== 404)) throw notRead(stream, error)
      log.warn('cursor refused, reading from the beginning', { code: 'SPS_CURSOR_REFUSED', connection, stream })
      const { cursor: _, offset: __, ...start } = at
      return { page: await fetchPage(stream, start), at: start }
    }
  }

  /** Only this stream is affected; the others go on. */
  const notRead = (stream: StreamName, error: Refusal): Failure =>
    new Failure(
      'transient',
      'SPS_READ_REFUSED',
      `${error.message}. If this account has no such collection, leave "${stream}" out of streams or correct paths.${streams[stream].path}.`,
      { cause: error },
    )

  return {
    streams: () => streamsOf(context),
    readPage: async (name, cursor) => {
      const stream = name as StreamName
      const { page, at } = await fetchOrRestart(stream, positionOf(cursor))
      const entries = page.results.filter((entry) => notBefore(entry, at))
      const documents = inOrder(
        entries.flatMap((e): SourceDocument[] => sourceDocuments(e, { type: streams[stream].type })),
      )
      if (page.next !== undefined && page.next === at.cursor) {
        log.error('the next cursor is the current one, the walk is stopped', {
          code: 'SPS_CURSOR_LOOP',
          connection,
          stream,
        })
        return { documents, cursor: at, more: false }
      }
      return { documents, ...nextPosition(page, at) }
    },
  }
}

const positionOf = (cursor: Json | undefined): Position => (cursor ?? {}) as Position

function nextPosition(page: Page, at: Position): Pick<SourcePage, 'cursor' | 'more'> {
  const mark = newestOf(page.results, at)
  if (page.next !== undefined) return { cursor: { ...mark, cursor: page.next }, more: true }
  if (page.nextOffset !== undefined) return { cursor: { ...mark, offset: page.nextOffset }, more: true }
  // Stock changes on any page, so the next walk begins at the first; documents only arrive at the end.
  if (page.results.some(isStock) || at.offset !== undefined)
    return { cursor: mark.newest === undefined ? {} : { since: mark.newest }, more: false }
  return { cursor: { ...mark, ...(at.cursor === undefined ? {} : { cursor: at.cursor }) }, more: false }
}
