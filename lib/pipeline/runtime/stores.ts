import { systemClock } from '../../core/exchange.ts'
import type { AwsApi } from '../aws/api.ts'
import { s3Blobs } from '../aws/blobs.ts'
import { dynamoHeads } from '../aws/heads.ts'
import { dynamoItems } from '../aws/items.ts'
import { dynamoState } from '../aws/state.ts'
import { auditTrail } from '../ledger/audit/trail.ts'
import { createLedger } from '../ledger/item-ledger.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { StateStore } from '../state.ts'
import { type Agenda, createAgenda } from '../watch/agenda.ts'

/**
 * The ledger, the agenda and the state of this deployment, from a function's environment. Made once an instance.
 * @param worker how its audit blocks name it
 */
export function stores(
  api: AwsApi,
  worker: string,
  environment: { LEDGER_TABLE: string; STATE_TABLE: string; PAYLOAD_BUCKET: string },
): {
  ledger: Ledger
  agenda: Agenda
  state: StateStore
} {
  const items = dynamoItems(api, environment.LEDGER_TABLE)
  const blobs = s3Blobs(api, environment.PAYLOAD_BUCKET)
  const heads = dynamoHeads(api, environment.STATE_TABLE)
  const { now } = systemClock
  return {
    ledger: createLedger(items, blobs, now, auditTrail({ items, blobs, heads, worker, now })),
    agenda: createAgenda(items, blobs),
    state: dynamoState(api, environment.STATE_TABLE, systemClock.now),
  }
}
