import { systemClock } from '../../core/exchange.ts'
import { s3Blobs } from '../aws/blobs.ts'
import { dynamoItems } from '../aws/items.ts'
import { dynamoState } from '../aws/state.ts'
import { createLedger } from '../ledger/item-ledger.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { StateStore } from '../state.ts'
import { dynamoDb, s3 } from './clients.ts'

/** The ledger and the state of this deployment, from a function's environment. */
export function stores(environment: { LEDGER_TABLE: string; STATE_TABLE: string; PAYLOAD_BUCKET: string }): {
  ledger: Ledger
  state: StateStore
} {
  return {
    ledger: createLedger(
      dynamoItems(dynamoDb(), environment.LEDGER_TABLE),
      s3Blobs(s3, environment.PAYLOAD_BUCKET),
      systemClock.now,
    ),
    state: dynamoState(dynamoDb(), environment.STATE_TABLE, systemClock.now),
  }
}
