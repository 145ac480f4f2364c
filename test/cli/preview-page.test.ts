import { type PreviewSetup, previewPage } from '../../cli/preview/page.ts'
import { acceptingTarget } from '../../cli/preview/target.ts'
import type { Json, SourceDocument } from '../../lib/core/exchange.ts'
import type { Integration } from '../../lib/core/flow.ts'

interface Order {
  number: string
  quantity: number
  problem?: string
}

const note = { decisions: [], warnings: [] }
/** Orders become orders and are acknowledged with what the target accepted; the same one again is skipped. */
const integration: Integration = {
  name: 'toy',
  systems: ['shop', 'erp'],
  settings: (settings) => settings,
  tables: [],
  flows: [
    {
      name: 'orders',
      source: 'shop',
      types: ['order'],
      lookups: (order) => [{ number: (order as Order).number }],
      map: (document, context) => {
        const order = document as Order
        if (order.problem === 'crash') throw new Error('a mapping must not throw')
        if (order.problem) return { outcome: 'held', problems: [{ code: order.problem, message: 'no' }], ...note }
        const earlier = context.history(order.number).filter((h) => h.state !== 'skipped')
        if (earlier.some((h) => h.hash === context.hash))
          return { outcome: 'skipped', problems: [{ code: 'DUPLICATE', message: 'seen' }], ...note }
        const operation = earlier.some((h) => h.state === 'delivered') ? 'replace' : 'create'
        const record = { quantity: order.quantity }
        return {
          outcome: 'write',
          writes: [{ connection: 'erp', operation, reference: order.number, record }],
          ...note,
        }
      },
      followUp: (document, _context, _snapshot, [delivered]) => ({
        outcome: 'write',
        writes: [
          {
            connection: 'shop',
            operation: 'acknowledge',
            reference: `ack ${(document as Order).number}`,
            record: { number: delivered?.numbers[0] ?? '', accepted: delivered?.result.quantity ?? null },
          },
        ],
        ...note,
      }),
    },
    {
      name: 'cancellations',
      source: 'shop',
      types: ['cancellation'],
      lookups: () => [],
      map: () => ({ outcome: 'write', writes: [], ...note }),
    },
  ],
}

const setup: PreviewSetup = {
  slice: {
    name: 'shop',
    system: 'shop',
    settings: {},
    allowHosts: [],
    routes: integration.flows.map((f) => ({ integration: 'toy', flow: f.name, types: f.types })),
  },
  sources: {
    integrations: { toy: { integration, connections: {}, flows: ['orders', 'cancellations'], settings: {} } },
    parsers: {
      shop: (_type, raw) =>
        raw === 'torn' ? { problems: [{ code: 'UNREADABLE', message: 'torn' }] } : { document: raw, warnings: [] },
    },
    tables: async () => ({}),
  },
  writer: acceptingTarget((connection) =>
    connection === 'erp'
      ? {
          documentsOf: () => [],
          parse: () => ({ problems: [] }),
          accept: ({ record }, _standing, number) => ({ record, result: record, numbers: [number] }),
        }
      : undefined,
  ),
  now: Date.parse('2026-03-02T09:00:00Z'),
}

const document = (raw: Json, position: number, type = 'order'): SourceDocument => ({
  type,
  key: (raw as unknown as Order).number ?? 'torn',
  number: (raw as unknown as Order).number ?? 'torn',
  group: 'one',
  version: '',
  hash: JSON.stringify(raw),
  arrival: String(position),
  raw,
})
const preview = (...raw: Json[]) =>
  previewPage(
    raw.map((r, i) => document(r, i)),
    setup,
  )

describe('a preview', () => {
  test('shows what follows a delivered write, with what the target would accept', async () => {
    const [one] = await preview({ number: 'A', quantity: 4 })
    expect(one?.outcome).toBe('write')
    expect(one?.writes.map((w) => [w.connection, w.operation])).toEqual([
      ['erp', 'create'],
      ['shop', 'acknowledge'],
    ])
    expect(one?.writes[1]?.record).toMatchObject({ accepted: 4 })
    expect(one?.document).toEqual({ number: 'A', quantity: 4 })
  })

  test('of a page shows duplicates and replacements within it', async () => {
    const page = await preview({ number: 'B', quantity: 4 }, { number: 'B', quantity: 4 }, { number: 'B', quantity: 5 })
    expect(page.map((d) => [d.outcome, d.writes[0]?.operation, d.problems[0]?.code])).toEqual([
      ['write', 'create', undefined],
      ['skipped', undefined, 'DUPLICATE'],
      ['write', 'replace', undefined],
    ])
  })

  test('keeps the same document at two places of a file apart', async () => {
    expect(await preview({ number: 'C', quantity: 1 }, { number: 'C', quantity: 1 })).toHaveLength(2)
  })

  test('sends every document to the flow that takes its type', async () => {
    const mixed = [
      document({ number: 'D' }, 0),
      document({ number: 'D' }, 1, 'cancellation'),
      document({ number: 'D' }, 2, 'song'),
    ]
    const page = await previewPage(mixed, setup)
    expect(page.map((d) => [d.flow, d.outcome, d.problems[0]?.code])).toEqual([
      ['orders', 'write', undefined],
      ['cancellations', 'write', undefined],
      ['song', 'skipped', 'UNKNOWN_DOCUMENT_TYPE'],
    ])
  })

  test('of a document that is held, unreadable or breaks the mapping does not stop the others', async () => {
    const page = await preview(
      { number: 'E', problem: 'NO_PARTNER' },
      'torn',
      { number: 'F', problem: 'crash' },
      { number: 'G', quantity: 1 },
    )
    expect(page.map((d) => [d.outcome, d.problems[0]?.code, d.writes.length])).toEqual([
      ['held', 'NO_PARTNER', 0],
      ['rejected', 'UNREADABLE', 0],
      ['held', 'GAVE_UP', 0],
      ['write', undefined, 2],
    ])
    expect(page[1]?.document).toBeNull()
  })
})
