import type { MapContext } from '../../lib/core/flow.ts'
import { exampleFlow } from '../../scaffold/flow/flow.ts'

type Document = Parameters<typeof exampleFlow.map>[0]
type Settings = Parameters<typeof exampleFlow.lookups>[1]

const context: MapContext<Settings> = {
  tables: {},
  settings: {} as Settings,
  documentId: 'odoo:product:41#1',
  key: '41',
  hash: 'a1',
  version: '1',
  history: () => [],
  capturedAt: '2026-10-05T08:00:00Z',
  connections: Object.fromEntries(['odoo', 'shipbob'].map((name) => [name, name])),
}
/** What the mapping looks at, and no more. */
const document = { type: 'product' } as Document

describe('example', () => {
  it('writes one record, under a reference that follows from the key alone', () => {
    const references = ['a1', 'b2'].map((hash) => exampleFlow.map(document, { ...context, hash, version: hash }))
    for (const result of references)
      expect(result).toMatchObject({
        outcome: 'write',
        writes: [{ connection: 'shipbob', operation: 'create-record', reference: 'example:41' }],
      })
  })

  it('keeps why every field has its value', () => {
    expect(exampleFlow.map(document, context).decisions).toMatchObject([{ rule: 'example.type', value: 'product' }])
  })
})
