import type { ConnectionContext } from '../../core/connection.ts'
import { checked, clockLine, fail, linesOf, type PingLine, type PingWanted, pass, warn } from '../../core/ping.ts'
import { problemCodes } from '../../core/problem-codes/index.ts'
import { keyFields } from './bundle.ts'
import { createClient, type Exchange } from './client.ts'
import { explainNotFound, offers } from './discovery.ts'
import { type Entity, get, list } from './entities.ts'
import { schemaLine } from './ping/schema.ts'
import { type ApiRecord, identifier } from './records.ts'
import type { Settings } from './settings.ts'
import { related, shipmentQuery } from './streams.ts'

/** Entities by canonical document type, read from Acumatica or written to it. */
const entities: { readonly [type: string]: readonly Entity[] } = {
  'ship-notice': ['Shipment', 'SalesOrder', 'StockItem', 'CustomerLocation'],
  invoice: ['SalesInvoice', 'SalesOrder', 'StockItem', 'CustomerLocation'],
  'purchase-order': ['SalesOrder', 'StockItem'],
  'purchase-order-change': ['SalesOrder', 'StockItem'],
  'product-activity': ['StockItem'],
  'inventory-advice': ['StockItem'],
}

/**
 * Asks the sign-in, the endpoint and its version, every entity that the documents need with its fields, the clock. Reads only: whether
 * the user may also save a record shows when one is saved (acumatica.md §6).
 */
export async function* ping(context: ConnectionContext<Settings>, wanted: PingWanted): AsyncGenerator<PingLine> {
  const { settings, clock } = context
  if (settings.grant === 'authorization-code' && !wanted.keepsTokens) {
    yield warn(
      'sign-in',
      'not tried: the refresh token of a consent is for one use, and the new one could not be kept',
      'Run ping against the deployment (--stack) or against a run (--state), which keep it.',
    )
    return
  }
  let exchange: Exchange
  let offered: Awaited<ReturnType<Exchange['endpoints']>>
  try {
    exchange = await createClient(context).open()
    offered = await exchange.endpoints()
  } catch (error) {
    yield* linesOf('sign-in', error)
    return
  }
  yield pass('sign-in', `by ${settings.grant} at ${settings.baseUrl}`)
  const { name, version } = settings.endpoint
  if (!offered || !offers(offered, settings.endpoint)) {
    const { code, message, path } = explainNotFound(settings, 'endpoint', offered)
    yield fail('endpoint', `${path}: ${message}`, problemCodes[code]?.remedy)
    return
  }
  yield pass('endpoint', `${name} ${version}`)
  let serverTime: number | undefined
  const needed = new Set([...wanted.reads, ...wanted.writes].flatMap((type) => entities[type] ?? []))
  for (const entity of needed)
    yield* await checked(`read: ${entity}`, async () => {
      const page = await list(exchange, entity, { select: [...keyFields[entity]], top: 1 })
      serverTime = page.serverTime ?? serverTime
      const [first] = page.rows
      const line = entityLine(entity, page.rows.length, settings)
      return first ? [line, ...(await checked(`fields: ${entity}`, () => fieldsLine(exchange, entity, first)))] : line
    })
  if (serverTime !== undefined)
    yield clockLine(serverTime, (wanted.time ?? clock).now(), 'a token may be used after it has ended')
}

/** A record as the reader reads it, held against what mappings need of it. */
async function fieldsLine(exchange: Exchange, entity: Entity, { id: _, ...header }: ApiRecord): Promise<PingLine> {
  const keys = keyFields[entity].map((field) => identifier(header, field) ?? '')
  const { expand = [] } = entity === 'Shipment' ? shipmentQuery : related[entity](exchange.settings)
  const record = await get(exchange, entity, keys, { expand })
  return record ? schemaLine(entity, record) : pass(`fields: ${entity}`, 'the record is gone meanwhile')
}

function entityLine(entity: Entity, rows: number, { branch }: Settings): PingLine {
  if (rows > 0) return pass(`read: ${entity}`, 'there are records')
  if (branch === undefined) return pass(`read: ${entity}`, 'no record yet')
  return warn(
    `read: ${entity}`,
    `no record in branch ${branch}; a branch that the user may not see looks empty too`,
    'Check branch in the settings, and the branches of the user.',
  )
}
