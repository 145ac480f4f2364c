import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { replay } from '../../cli/commands/replay.ts'
import { integrationType, readConfigFile } from '../../cli/configuration.ts'
import { tablesFrom } from '../../cli/csv/directory.ts'
import type { DocumentPreview } from '../../cli/replay/preview.ts'
import { mappingSources } from '../../cli/replay/sources.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { toEntry } from '../../lib/pipeline/capture.ts'
import { toMapping } from '../../lib/pipeline/ledger/ledger.ts'
import { mapDocument } from '../../lib/pipeline/map-document.ts'
import { documentsOf } from '../../lib/systems/sps-commerce/preview.ts'
import { memoryDeployment } from './memory-deployment.ts'

const integration = integrationType('acumatica-sps-commerce')
const events = resolve(import.meta.dirname, '../../events')
const sample = readFileSync(join(events, 'documents/acumatica-sps-commerce/purchase-order.json'), 'utf8')
const slice = {
  name: 'sps',
  system: 'sps-commerce',
  settings: {},
  allowHosts: [],
  routes: [{ integration: integration.name, flow: 'purchase-order', types: ['purchase-order'] }],
}

function configFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'replay-')), 'ml-connector.config.json')
  const settings = { baseUrl: 'https://erp.example.com', endpoint: { name: 'Default', version: '24.200.001' } }
  writeFileSync(
    file,
    JSON.stringify({
      stage: 'dev',
      customer: 'sample',
      connections: {
        acumatica: { system: 'acumatica', settings },
        sps: { system: 'sps-commerce', settings: { apiStyle: 'fulfillment' } },
      },
      integrations: { [integration.name]: { connections: { acumatica: 'acumatica', 'sps-commerce': 'sps' } } },
    }),
  )
  return file
}

/** A deployment in which so many orders of the sample retailer were mapped and delivered. */
async function deliveredOrders(count: number) {
  const deployment = memoryDeployment()
  deployment.configFile = configFile()
  const config = readConfigFile(deployment.configFile)
  for (const [name, { rows }] of Object.entries(tablesFrom(integration, join(events, 'tables'))))
    await deployment.tables.save(integration.name, name, rows)
  for (let i = 0; i < count; i += 1) {
    const number = `45${String(i).padStart(6, '0')}`
    const [document] = documentsOf(['purchase-order'], JSON.parse(sample.replaceAll('4500187734', number)))
    if (!document) throw new Error('the sample holds no order')
    const entry = toEntry(document, slice, '2026-10-04T09:00:00.000Z')
    await deployment.ledger.capture(entry, document.raw)
    const at = '2026-10-04T09:01:00.000Z'
    const { result } = await mapDocument(entry, document.raw, mappingSources(deployment, config, at))
    if (result.outcome !== 'write') throw new Error(JSON.stringify(result))
    await deployment.ledger.saveMapping(toMapping(entry, result, { generation: 1, final: true, tables: {}, at }))
    await deployment.ledger.claim(entry, '1.0', 'worker', Date.parse(at))
    await deployment.ledger.wrote(entry, {
      target: {
        operation: 'create-order',
        connection: 'acumatica',
        targetId: `SO/${i}`,
        numbers: [`SO-${i}`],
        adopted: false,
        result: {},
        at,
      },
      warnings: [],
      next: '2.0',
      done: true,
      attempt: { at, stage: 'push', outcome: 'written', step: '1.0' },
    })
  }
  return deployment
}

const preview = async (deployment: Awaited<ReturnType<typeof deliveredOrders>>) => {
  const terminal = collectingTerminal()
  const code = await replay(undefined, deployment, { flow: 'purchase-order', preview: true, json: true }, terminal)
  return { code, documents: JSON.parse(terminal.printed()).documents as DocumentPreview[] }
}

test('with the tables of that day every delivered order is found as it was sent', async () => {
  const { documents } = await preview(await deliveredOrders(20))
  expect(documents).toHaveLength(20)
  expect(documents.filter((d) => d.changed)).toEqual([])
})

test('after a table row changed, the preview of a hundred delivered orders shows exactly what the row decides', async () => {
  const deployment = await deliveredOrders(100)
  const tables = await deployment.tables.load(integration.name)
  const partners = (tables.partners?.rows ?? []).map((row) =>
    row.tradingPartner === '3F1HARBORPINE' ? { ...row, customer: 'C0999' } : row,
  )
  await deployment.tables.save(integration.name, 'partners', partners)
  const { documents } = await preview(deployment)
  expect(documents).toHaveLength(100)
  for (const { state, outcome, differences, writes, calls } of documents)
    expect({ state, outcome, differences, writes, calls }).toEqual({
      state: 'delivered',
      outcome: 'write',
      differences: [{ field: 'CustomerID.value', before: 'HARBORPINE', after: 'C0999' }],
      writes: false,
      calls: {},
    })
  expect(deployment.calls).toEqual([])
})

test('a row that is gone shows which orders would wait, and why', async () => {
  const deployment = await deliveredOrders(3)
  await deployment.tables.save(integration.name, 'partners', [])
  const { code, documents } = await preview(deployment)
  expect(code).toBe(1)
  expect(documents.map((d) => [d.outcome, d.problems[0]?.code, d.changed])).toEqual(
    Array(3).fill(['held', 'PARTNER_UNKNOWN', true]),
  )
})
