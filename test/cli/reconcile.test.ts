import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reconciled } from '../../cli/commands/reconcile.ts'
import type { Deployment } from '../../cli/deployment/deployment.ts'
import type { Reconciliation } from '../../cli/reconcile/reconcile.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import type { Json, Write } from '../../lib/core/exchange.ts'
import { captured, memoryDeployment, settle } from './memory-deployment.ts'

const at = '2026-03-02T09:00:00.000Z'
const now = Date.parse('2026-03-03T09:00:00Z')

function configFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'reconcile-')), 'ml-connector.config.json')
  const settings = { baseUrl: 'https://erp.example.com', endpoint: { name: 'Default', version: '24.200.001' } }
  const connections = {
    acumatica: { system: 'acumatica', settings },
    sps: { system: 'sps-commerce', settings: { apiStyle: 'fulfillment' } },
  }
  const name = 'acumatica-sps-commerce'
  const integrations = { [name]: { connections: { acumatica: 'acumatica', 'sps-commerce': 'sps' } } }
  writeFileSync(file, JSON.stringify({ stage: 'dev', customer: 'sample', connections, integrations }))
  return file
}

interface Line {
  line: string
  quantity: number
  unit?: string
  price: number
  basis?: string
  pack?: number
}

/** A purchase order as the network hands it over. */
const order = (number: string, lines: readonly Line[]): Json => ({
  Header: {
    OrderHeader: {
      TradingPartnerId: '3F1HARBORPINE',
      PurchaseOrderNumber: number,
      TsetPurposeCode: '00',
      BuyersCurrency: 'USD',
    },
  },
  LineItem: lines.map(({ line, quantity, unit = 'EA', price, basis, pack }) => ({
    OrderLine: {
      LineSequenceNumber: line,
      VendorPartNumber: `P${line}`,
      OrderQty: quantity,
      OrderQtyUOM: unit,
      PurchasePrice: price,
      ...(basis ? { PurchasePriceBasis: basis } : {}),
    },
    ...(pack ? { PhysicalDetails: [{ PackQualifier: 'OU', PackValue: pack }] } : {}),
  })),
})

/** The order is delivered, and the ERP answered that these lines stand there. */
async function deliveredOrder(
  deployment: Deployment,
  number: string,
  lines: readonly Line[],
  answered: readonly { externalRef: string; quantity: string; price: string }[],
) {
  const { ledger } = deployment
  const entry = await captured(ledger, { number, key: `3F1HARBORPINE/${number}/` }, undefined, order(number, lines))
  const write: Write = { connection: 'acumatica', operation: 'create-order', reference: number, record: {} }
  const common = { entry, decisions: [], warnings: [], tables: {}, at }
  await ledger.saveMapping({ ...common, generation: 1, final: true, writes: [write] })
  await ledger.claim(entry, '1.0', 'a worker', 0)
  await ledger.wrote(entry, {
    target: {
      operation: write.operation,
      connection: write.connection,
      targetId: `SO/${number}`,
      numbers: [`SO-${number}`],
      adopted: false,
      result: { orderNbr: `SO-${number}`, lines: answered.map((one) => ({ ...one })) },
      at,
    },
    warnings: [],
    next: '2.0',
    done: true,
    attempt: { at, stage: 'push', outcome: 'written', step: '1.0' },
  })
  return entry
}

function deploymentOf(): Deployment {
  const deployment = memoryDeployment()
  deployment.configFile = configFile()
  return deployment
}

async function run(deployment: Deployment, options: Parameters<typeof reconciled>[1] = {}) {
  const terminal = collectingTerminal()
  const code = await reconciled(deployment, { sources: false, json: true, ...options }, terminal, now)
  return { code, found: JSON.parse(terminal.printed()) as Reconciliation }
}

test('what came over as it was sent agrees: case packs, prices per each, tenths of a cent and all', async () => {
  const deployment = deploymentOf()
  const lines = [
    { line: '001', quantity: 4, unit: 'CA', price: 4.25, basis: 'PE', pack: 24 },
    { line: '002', quantity: 3, price: 0.1 },
    { line: '003', quantity: 24, price: 10, basis: 'PD' },
  ]
  await deliveredOrder(deployment, 'A', lines, [
    { externalRef: '001', quantity: '96', price: '4.25' },
    { externalRef: '002', quantity: '3', price: '0.1' },
    { externalRef: '003', quantity: '24', price: '0.833333' },
  ])
  const { code, found } = await run(deployment)
  expect(found.differences).toEqual([])
  expect(found.totals).toEqual([
    expect.objectContaining({
      flow: 'purchase-order',
      currency: 'USD',
      documents: 1,
      sourceAmount: '428.3',
      targetAmount: '428.3',
      sourceQuantity: '31',
      targetQuantity: '31',
    }),
  ])
  expect(code).toBe(0)
})

test('each amount, quantity and line that differs is named with both figures, to the cent', async () => {
  const deployment = deploymentOf()
  const lines = [
    { line: '1', quantity: 10, price: 1.1 },
    { line: '2', quantity: 5, price: 2 },
    { line: '3', quantity: 1, price: 7 },
  ]
  await deliveredOrder(deployment, 'A', lines, [
    { externalRef: '1', quantity: '10', price: '1.099' },
    { externalRef: '2', quantity: '4', price: '2' },
    { externalRef: '9', quantity: '1', price: '3' },
  ])
  await deliveredOrder(
    deployment,
    'B',
    [{ line: '1', quantity: 1, price: 1 }],
    [{ externalRef: '1', quantity: '1', price: '1' }],
  )
  const { code, found } = await run(deployment)
  expect(code).toBe(1)
  expect(found.differences.map((d) => [d.number, d.targetNumber, d.field, d.source, d.target])).toEqual([
    ['A', 'SO-A', 'line 1 amount', '11', '10.99'],
    ['A', 'SO-A', 'line 2 quantity', '5', '4'],
    ['A', 'SO-A', 'line 2 amount', '10', '8'],
    ['A', 'SO-A', 'line 3 quantity', '1', ''],
    ['A', 'SO-A', 'line 3 amount', '7', ''],
    ['A', 'SO-A', 'line 9 quantity', '', '1'],
    ['A', 'SO-A', 'line 9 amount', '', '3'],
  ])
  expect(found.totals).toEqual([expect.objectContaining({ documents: 2, sourceAmount: '29', targetAmount: '22.99' })])
})

test('per day and flow, what was captured is the sum of what became of it', async () => {
  const deployment = deploymentOf()
  await deliveredOrder(deployment, 'A', [], [])
  for (const [number, state] of [
    ['B', 'held'],
    ['C', 'skipped'],
    ['D', 'rejected'],
  ] as const)
    await settle(deployment.ledger, await captured(deployment.ledger, { number }), { state, code: 'NO_ROW' })
  await captured(deployment.ledger, { number: 'E', capturedAt: '2026-03-01T23:59:59.999Z' })
  const { code, found } = await run(deployment)
  const none = { delivered: 0, held: 0, rejected: 0, skipped: 0, inFlight: 0 }
  expect(found.days).toEqual([
    expect.objectContaining({ day: '2026-03-01', captured: 1, ...none, inFlight: 1 }),
    expect.objectContaining({
      day: '2026-03-02',
      captured: 4,
      ...none,
      delivered: 1,
      held: 1,
      rejected: 1,
      skipped: 1,
    }),
  ])
  expect(code).toBe(0)
  expect((await run(deployment, { from: '2026-03-02' })).found.days).toHaveLength(1)
})

test('a window, a flow and a configuration that make no sense are wrong use', async () => {
  const deployment = deploymentOf()
  await expect(run(deployment, { from: '2026-03-02', to: '2026-03-02' })).rejects.toThrow('is not before')
  await expect(run(deployment, { flow: 'purchase-ordr' })).rejects.toThrow('purchase-order')
})

test('the tables are written as CSV, and the text names what to look at next', async () => {
  const deployment = deploymentOf()
  await deliveredOrder(
    deployment,
    'A',
    [{ line: '1', quantity: 2, price: 1.5 }],
    [{ externalRef: '1', quantity: '2', price: '1.4' }],
  )
  const directory = mkdtempSync(join(tmpdir(), 'reconcile-'))
  const terminal = collectingTerminal()
  await reconciled(deployment, { sources: false, csv: directory }, terminal, now)
  expect(readFileSync(join(directory, 'differences.csv'), 'utf8').trim().split('\n')).toEqual([
    'documentId,number,targetNumber,integration,flow,currency,field,source,target',
    'sps:purchase-order:A#1,A,SO-A,acumatica-sps-commerce,purchase-order,USD,line 1 amount,3,2.8',
  ])
  expect(terminal.printed()).toContain('Not reconciled.')
  expect(terminal.printed()).toContain("trace 'sps:purchase-order:A#1'")
})
