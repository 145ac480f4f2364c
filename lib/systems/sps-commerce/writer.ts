import type { ConnectionContext } from '../../core/connection.ts'
import type { TargetWriter, Write, WriteOutcome } from '../../core/exchange.ts'
import { Refusal } from '../../core/failures.ts'
import { createClient } from './client.ts'
import { problem } from './problem.ts'
import type { SpsOperation } from './records.ts'
import { isSection } from './rsx/clean.ts'
import { type Outbound, outbound } from './rsx/outbound.ts'
import { toJson, toXml } from './rsx/serialize.ts'
import { tidy } from './rsx/tidy.ts'
import { validate } from './rsx/validate.ts'
import type { Settings } from './settings.ts'
import type { Parcel, Sender } from './write/parcel.ts'
import { postSender } from './write/posts.ts'
import { uploadSender } from './write/uploads.ts'

/**
 * Sends orders and their changes, acknowledgements, ship notices, invoices and stock reports, each at most once per
 * reference. A document that would break the RSX structure is held and never sent; SPS's own refusal makes it
 * rejected, with SPS's words.
 * Throws Failure where SPS could not be asked, or where it is open whether it has the document.
 */
export function createWriter(context: ConnectionContext<Settings>): TargetWriter {
  const { settings } = context
  const client = createClient(context)
  const sender: Sender =
    settings.apiStyle === 'fulfillment' ? postSender(settings, client) : uploadSender(context, client)

  return {
    write: async (write, { mayHaveWritten, deadline }) => {
      const kind = outbound[write.operation as SpsOperation] as Outbound | undefined
      if (kind === undefined)
        return {
          outcome: 'rejected',
          problems: [problem('SPS_OPERATION_NOT_OFFERED', `"${write.operation}" is not something SPS is sent`)],
        }
      const { record, cleaned } = tidy(write.record)
      const problems = validate(record, kind.structure, settings)
      if (problems.length > 0) return { outcome: 'held', problems }
      const warnings = cleaned.map((path) =>
        problem('SPS_TEXT_CLEANED', 'characters that XML cannot hold were left out', path),
      )
      try {
        const outcome = await sender.send(parcelOf(write, kind, record, settings), { mayHaveWritten, deadline })
        return outcome.outcome === 'delivered' ? { ...outcome, warnings: [...warnings, ...outcome.warnings] } : outcome
      } catch (error) {
        if (error instanceof Refusal) return { outcome: 'rejected', problems: error.problems } satisfies WriteOutcome
        throw error
      }
    },
    // Whatever is asked for: that SPS gives a token and answers is what counts.
    probe: async (deadline) => {
      const { authCheck, shipments } = settings.paths
      const call = { method: 'GET', path: settings.apiStyle === 'fulfillment' ? shipments : authCheck } as const
      await client.send({ ...call, deadline, accept: [403, 404] })
    },
  }
}

function parcelOf(write: Write, kind: Outbound, record: Write['record'], settings: Settings): Parcel {
  const header = isSection(record.Header) ? record.Header[kind.header] : undefined
  const number = isSection(header) ? header[kind.number] : undefined
  return {
    operation: write.operation as SpsOperation,
    reference: write.reference,
    kind,
    numbers: typeof number === 'string' ? [number] : [],
    format: settings.format,
    body: settings.format === 'xml' ? toXml(record, kind) : toJson(record),
  }
}
