import type { WriteOutcome } from '../../../../core/exchange.ts'
import type { MarkReceivedRecord } from '../../records.ts'
import { fieldsOf, listOf, textOf } from '../fields.ts'
import { held, problem, type Work } from '../work.ts'

/**
 * Tells ShipBob that the ERP holds the final quantities of these receiving orders. Telling it again changes nothing. The
 * answer names each order with its own success, or is the order, as the schema has it (shipbob.md §4.3): what is not said
 * to have failed has worked.
 */
export async function markReceived({ client }: Work, { ids }: MarkReceivedRecord): Promise<WriteOutcome> {
  const { body } = await client.post('/receiving:setExternalSync', { body: { ids, is_external_sync: true } })
  const failed = listOf(fieldsOf(body).results).filter(({ is_success }) => is_success === false)
  if (failed.length > 0)
    return held(
      failed.map(({ id, reason }) =>
        problem(
          'SHIPBOB_SYNC_REFUSED',
          `Receiving order ${textOf(id)} could not be marked as taken over: ${textOf(reason) || 'no reason given'}.`,
        ),
      ),
    )
  return {
    outcome: 'delivered',
    targetId: ids.join(','),
    targetNumbers: ids.map(String),
    result: { ids },
    adopted: false,
    warnings: [],
  }
}
