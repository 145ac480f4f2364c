import { systemClock } from '../../core/exchange.ts'
import type { AwsApi } from '../aws/api.ts'
import { s3Blobs } from '../aws/blobs.ts'
import { dynamoItems } from '../aws/items.ts'
import { dynamoState } from '../aws/state.ts'
import { createLedger } from '../ledger/item-ledger.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { StateStore } from '../state.ts'

/** The ledger and the state of this deployment, from a function's environment. */
export function stores(
  api: AwsApi,
  environment: { LEDGER_TABLE: string; STATE_TABLE: string; PAYLOAD_BUCKET: string },
): {
  ledger: Ledger
  state: StateStore
} {
  return {
    ledger: createLedger(
      dynamoItems(api, environment.LEDGER_TABLE),
      s3Blobs(api, environment.PAYLOAD_BUCKET),
      systemClock.now,
    ),
    state: dynamoState(api, environment.STATE_TABLE, systemClock.now),
  }
}
