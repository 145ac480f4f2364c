import type { Flow, Integration } from '../../lib/core/flow.ts'
import type { DocumentEntry } from '../../lib/pipeline/ledger/ledger.ts'
import { type MappingSources, mapDocument } from '../../lib/pipeline/map-document.ts'

/** Two companies behind one account: each takes what its own table lists. */
const sources = (tables: Record<string, string[]>): MappingSources => {
  const flow: Flow = {
    name: 'in',
    source: 'network',
    types: ['order'],
    lookups: () => [],
    map: (_, { connections }) => ({
      outcome: 'write',
      writes: [{ connection: connections.erp ?? '', operation: 'create', reference: 'r', record: {} }],
      decisions: [],
      warnings: [],
    }),
  }
  const integration: Integration = {
    name: 'any',
    systems: ['network', 'erp'],
    flows: [flow],
    settings: () => ({}),
    owns: (document, { partners }) =>
      partners?.rows.some((r) => r.partner === (document as { partner: string }).partner) ?? false,
    tables: [],
  }
  const running = (erp: string) => ({ integration, connections: { network: 'net', erp }, flows: ['in'], settings: {} })
  return {
    integrations: { one: running('erp-1'), two: running('erp-2') },
    parsers: { network: (_, raw) => ({ document: raw, warnings: [] }) },
    tables: async (name) => ({
      partners: { name: 'partners', version: '1', rows: (tables[name] ?? []).map((partner) => ({ partner })) },
    }),
    history: async () => [],
  }
}
const entry: DocumentEntry = {
  documentId: 'net:order:1#a',
  number: '1',
  connection: 'net',
  integration: 'one',
  flow: 'in',
  type: 'order',
  key: '1',
  group: 'net/1',
  version: '',
  hash: 'h',
  arrival: 'a',
  capturedAt: '2026-11-21T00:00:00Z',
}
const map = (partner: string, tables: Record<string, string[]>) => mapDocument(entry, { partner }, sources(tables))

describe('one connection that feeds two companies', () => {
  test('a document goes to the company whose table knows its partner', async () => {
    const { entry: routed, result } = await map('B', { one: ['A'], two: ['B'] })
    expect(routed.integration).toBe('two')
    expect(result).toMatchObject({ writes: [{ connection: 'erp-2' }] })
  })

  test('a partner that no table knows stays with the first, which holds it', async () => {
    expect((await map('C', { one: ['A'], two: ['B'] })).entry.integration).toBe('one')
  })

  test('a partner in both tables is held and never guessed', async () => {
    const { result } = await map('A', { one: ['A'], two: ['A'] })
    expect(result).toMatchObject({ outcome: 'held', problems: [{ code: 'INTEGRATION_AMBIGUOUS' }] })
  })
})
