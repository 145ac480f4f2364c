import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { configuredContext } from '../cli/ping/configured.ts'
import { parseConfig } from '../lib/config/config.ts'
import type { ConnectionContext } from '../lib/core/connection.ts'
import { createHttp, type Http, type HttpRequest } from '../lib/core/http.ts'
import { createClient } from '../lib/systems/odoo/client.ts'
import type { ProtocolName, Settings } from '../lib/systems/odoo/settings.ts'
import { decodeResponse } from '../lib/systems/odoo/xmlrpc/decode.ts'
import { type Figure, median } from './figures.ts'
import { xmlAnswer } from './odoo-answer.ts'

const products = 10_000
const pageSize = 1_000
const rounds = 5
const fields = [
  ...['name', 'default_code', 'barcode', 'list_price', 'lst_price', 'standard_price', 'uom_id', 'categ_id', 'weight'],
  ...['volume', 'taxes_id', 'active', 'type', 'product_tmpl_id', 'write_date'],
]
const budgets: [ProtocolName, budget: string][] = [
  ['json-2', '1.1 x'],
  ['json-rpc', '1.1 x'],
  ['xml-rpc', '1.3 x'],
]

/** What Odoo's client takes beside the transport of the bytes: decoding XML-RPC, and reading a catalogue page by page. */
export async function odooFigures(): Promise<Figure[]> {
  const server = await startServer()
  try {
    const figures = [decodeFigure()]
    for (const [protocol, budget] of budgets) figures.push(await readFigure(server, protocol, budget))
    return figures
  } finally {
    server.close()
  }
}

function decodeFigure(): Figure {
  const { xml, json, what } = xmlAnswer()
  const times = (work: () => unknown) => median(Array.from({ length: 40 }, () => timed(work)))
  const [ours, parse] = [times(() => decodeResponse(xml)), times(() => JSON.parse(json.toString('utf8')))]
  return {
    name: `Odoo: ${what} decoded from XML-RPC`,
    value: `${ours.toFixed(1)} ms (JSON ${parse.toFixed(1)})`,
    budget: '15 ms',
  }
}

function timed(work: () => unknown): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

interface Server {
  url: string
  database: string
  credentials: { login: string; apiKey: string }
  close(): void
}

/** Reads the catalogue, then sends the same requests again and does nothing with the answers; several times in turn. */
async function readFigure(server: Server, protocol: ProtocolName, budget: string): Promise<Figure> {
  const http = createHttp({ allowHosts: ['127.0.0.1'] })
  const ours: number[] = []
  const bytes: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const sent: HttpRequest[] = []
    const noting: Http = {
      send: (request) => {
        sent.push(request)
        return http.send(request)
      },
    }
    let started = performance.now()
    const read = await readCatalogue(contextOf(server, protocol, noting))
    ours.push(performance.now() - started)
    if (read !== products) throw new Error(`${read} products were read, of ${products}`)
    started = performance.now()
    for (const request of sent) await http.send(request)
    bytes.push(performance.now() - started)
  }
  const [all, alone] = [median(ours), median(bytes)]
  return {
    name: `Odoo: ${products} products over ${protocol}, against the bytes alone`,
    value: `${(all / alone).toFixed(2)} x of ${(alone / 1000).toFixed(1)} s`,
    budget,
  }
}

async function readCatalogue(context: ConnectionContext<Settings>): Promise<number> {
  const odoo = await createClient(context).open()
  let read = 0
  for (let last = 0; ; ) {
    const query = { fields, order: 'id asc', limit: pageSize }
    const ours = ['default_code', '=like', 'LAMP-%']
    const rows = await odoo.searchRead('product.product', [ours, ['id', '>', last]], query)
    const end = rows.at(-1)
    if (!end) return read
    read += rows.length
    last = end.id
  }
}

function contextOf({ url, database, credentials }: Server, protocol: ProtocolName, http: Http) {
  const { login, apiKey } = credentials
  const config = parseConfig({
    stage: 'dev',
    customer: 'bench',
    connections: {
      odoo: {
        system: 'odoo',
        allowHosts: ['127.0.0.1'],
        settings: { baseUrl: url, database, protocol, companies: [1] },
      },
    },
    integrations: {},
  })
  const context = configuredContext('odoo', config, { odoo: { login, apiKey } })
  return { ...context, http } as ConnectionContext<Settings>
}

async function startServer(): Promise<Server> {
  const file = join(import.meta.dirname, 'odoo-server.ts')
  const child = spawn(process.execPath, [file, String(products)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the simulated Odoo did not start'))),
  ])) as [Buffer]
  return { ...(JSON.parse(line.toString('utf8')) as Omit<Server, 'close'>), close: () => void child.kill() }
}
