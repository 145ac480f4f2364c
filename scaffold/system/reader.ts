import * as z from 'zod'
import type { ConnectionContext } from '../../lib/core/connection.ts'
import type { Json, SourceReader } from '../../lib/core/exchange.ts'
import { createClient } from './client.ts'
import type { Settings } from './settings.ts'
import { describe } from './source-document.ts'

const page = z.object({
  records: z.array(z.json()),
  /** Where the next page begins; null where there is none yet. */
  next: z.string().nullable(),
})
const cursorSchema = z.object({ next: z.string() })

/**
 * Reads changed records page by page, oldest first. The cursor moves past a page only when the pipeline has stored it;
 * the last page, which has no next one, is read again by the next poll, and what is known is recognised.
 */
export function createReader(context: ConnectionContext<Settings>): SourceReader {
  const client = createClient(context)
  return {
    streams: () => (context.wanted.includes('product') ? ['records'] : []),
    readPage: async (_stream, stored) => {
      const from = cursorSchema.safeParse(stored).data?.next
      const { records, next } = page.parse(
        await client.get('/records', {
          limit: String(context.settings.pageSize),
          ...(from === undefined ? {} : { from }),
        }),
      )
      const cursor: Json = next === null ? (stored ?? {}) : { next }
      return { documents: records.map((record) => describe(record)), cursor, more: next !== null }
    },
  }
}
