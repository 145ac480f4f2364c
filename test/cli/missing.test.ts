import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { integrationType, readConfigFile } from '../../cli/configuration.ts'
import { readTables } from '../../cli/csv/directory.ts'
import { waitingDocuments } from '../../cli/exceptions/waiting.ts'
import { missingRows, writeMissing } from '../../cli/tables/missing.ts'
import type { Problem } from '../../lib/core/problems.ts'
import { captured, memoryDeployment } from './memory-deployment.ts'

const directory = () => mkdtempSync(join(tmpdir(), 'missing-'))

const config = (() => {
  const file = join(directory(), 'ml-connector.config.json')
  const settings = { baseUrl: 'https://erp.example.com', endpoint: { name: 'Default', version: '24.200.001' } }
  const connections = {
    acumatica: { system: 'acumatica', settings },
    sps: { system: 'sps-commerce', settings: { apiStyle: 'fulfillment' } },
  }
  const integrations = {
    'acumatica-sps-commerce': { connections: { acumatica: 'acumatica', 'sps-commerce': 'sps' } },
  }
  writeFileSync(file, JSON.stringify({ stage: 'dev', customer: 'sample', connections, integrations }))
  return readConfigFile(file)
})()

const unit = (x12: string): Problem => ({
  code: 'UNIT_UNKNOWN',
  message: `unit ${x12} is not in the units table`,
  row: { table: 'units', cells: { x12 } },
})

async function waiting(problems: Record<string, Problem[]>) {
  const { ledger } = memoryDeployment()
  for (const [number, of] of Object.entries(problems)) {
    const entry = await captured(ledger, { number })
    const attempt = { at: entry.capturedAt, stage: 'map', outcome: 'held', code: of[0]?.code ?? '' } as const
    await ledger.settle(entry, { state: 'held', step: '1.0', problems: of, warnings: [], attempt })
  }
  return waitingDocuments(ledger)
}

test('each missing row is told once, however many documents wait for it', async () => {
  const found = missingRows(await waiting({ '1': [unit('CA')], '2': [unit('CA'), unit('DZ')], '3': [] }), config)
  expect(found.map(({ definition, rows, documents }) => [definition.name, rows, documents])).toEqual([
    ['units', [{ x12: 'CA' }, { x12: 'DZ' }], 2],
  ])
})

test('the file holds every column, and is taken by the import once its blanks are filled', async () => {
  const folder = directory()
  const [file = ''] = writeMissing(missingRows(await waiting({ '1': [unit('CA')] }), config), folder)
  const integration = integrationType('acumatica-sps-commerce')
  expect(readTables(integration, [file]).problems.map((p) => p.code)).toEqual(['CSV_VALUE_MISSING'])
  const [header = '', row = ''] = readFileSync(file, 'utf8').split('\n')
  const unitColumn = header.split(',').indexOf('unit')
  const cells = row.split(',').map((cell, i) => (i === unitColumn ? 'CASE' : cell))
  writeFileSync(file, [header, cells.join(',')].join('\n'))
  expect(readTables(integration, [file])).toMatchObject({
    problems: [],
    tables: [{ rows: [{ x12: 'CA', unit: 'CASE' }] }],
  })
})

test('a table that the integration does not have is left out, not a crash', async () => {
  const problem = { ...unit('CA'), row: { table: 'elsewhere', cells: { x12: 'CA' } } }
  expect(missingRows(await waiting({ '1': [problem] }), config)).toEqual([])
})
