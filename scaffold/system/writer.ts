import * as z from 'zod'
import type { ConnectionContext } from '../../lib/core/connection.ts'
import type { TargetWriter, WriteOutcome } from '../../lib/core/exchange.ts'
import { Refusal } from '../../lib/core/failures.ts'
import { createClient } from './client.ts'
import { problem } from './errors.ts'
import type { Settings } from './settings.ts'

const standing = z.object({ id: z.string(), number: z.string().optional() })
const found = z.object({ records: z.array(standing) })

/**
 * Makes records, each at most once for a reference: it is looked for before every write, and taken over where it stands.
 * Throws Failure where Example could not be asked, or where it is open whether it has the record.
 */
export function createWriter(context: ConnectionContext<Settings>): TargetWriter {
  const client = createClient(context)
  const delivered = ({ id, number }: z.infer<typeof standing>, adopted: boolean): WriteOutcome => ({
    outcome: 'delivered',
    targetId: id,
    targetNumbers: number === undefined ? [id] : [number],
    result: {},
    adopted,
    warnings: [],
  })
  return {
    write: async ({ operation, reference, record }) => {
      if (operation !== 'create-record')
        return {
          outcome: 'rejected',
          problems: [problem('EXAMPLE_OPERATION_UNKNOWN', `"${operation}" is not something Example is sent`)],
        }
      try {
        const { records } = found.parse(await client.get('/records', { reference }))
        const [before] = records
        if (before) return delivered(before, true)
        return delivered(standing.parse(await client.post('/records', { ...record, reference })), false)
      } catch (error) {
        if (error instanceof Refusal) return { outcome: 'rejected', problems: error.problems }
        throw error
      }
    },
  }
}
