import type * as z from 'zod'
import type { MapResult } from '../../lib/core/exchange.ts'
import { createFindings, held, toJson, written } from '../../lib/core/findings.ts'
import type { Flow } from '../../lib/core/flow.ts'
import type { documentSchemas } from '../../lib/documents/index.ts'
import type { Settings } from '../../lib/integrations/odoo-shipbob/settings.ts'

type Document = z.infer<(typeof documentSchemas)['product']>

/** Document of type product → record of shipbob. */
export const exampleFlow: Flow<Document, Settings> = {
  name: 'example',
  source: 'odoo',
  types: ['product'],
  /** Ledger numbers that the mapping wants to look at: earlier documents of the same thread. */
  lookups: () => [],

  map(document, context): MapResult {
    const find = createFindings()
    // A field at a time: take it, look it up in a table, or find.hold(code, message, path). Everything is collected.
    find.decide({ field: 'type', rule: 'example.type', input: `type=${document.type}`, value: document.type })
    const record = { type: document.type }
    if (find.problems.length > 0) return held(find)
    const write = {
      connection: context.connections.shipbob ?? '',
      operation: 'create-record',
      // From the key alone, so that a replay finds what it wrote.
      reference: `example:${context.key}`,
      record: toJson(record),
    }
    return written(find, [write])
  },
}
