import { systemClock } from '../../lib/core/exchange.ts'
import type { AwsApi } from '../../lib/pipeline/aws/api.ts'
import { s3Blobs } from '../../lib/pipeline/aws/blobs.ts'
import { dynamoHeads } from '../../lib/pipeline/aws/heads.ts'
import { dynamoItems } from '../../lib/pipeline/aws/items.ts'
import { dynamoState } from '../../lib/pipeline/aws/state.ts'
import { dynamoTables } from '../../lib/pipeline/aws/tables.ts'
import { auditTrail } from '../../lib/pipeline/ledger/audit/trail.ts'
import { createLedger } from '../../lib/pipeline/ledger/item-ledger.ts'
import { createAgenda } from '../../lib/pipeline/watch/agenda.ts'
import type { Deployment } from './deployment.ts'
import type { Outputs } from './outputs.ts'

/** Ledger, tables, state and queues of a deployment, by the names its outputs give. */
export function partsOf(
  outputs: Outputs,
  aws: AwsApi,
): Pick<Deployment, 'ledger' | 'agenda' | 'audit' | 'tables' | 'state' | 'aws' | 'documents' | 'connections'> {
  const { shared, connections } = outputs
  const blobs = s3Blobs(aws, shared.PayloadBucket)
  const items = dynamoItems(aws, shared.LedgerTable)
  const heads = dynamoHeads(aws, shared.StateTable)
  const { now } = systemClock
  return {
    aws,
    ledger: createLedger(items, blobs, now, auditTrail({ items, blobs, heads, worker: 'command', now })),
    audit: { items, blobs, heads },
    agenda: createAgenda(items, blobs),
    tables: dynamoTables(aws, shared.TablesTable, blobs),
    state: dynamoState(aws, shared.StateTable, now),
    documents: { url: shared.DocumentsQueueUrl, deadLettersUrl: shared.DocumentsDeadLettersUrl },
    connections: Object.fromEntries(
      connections.map(({ name, system, secretArn, tokenSecretArn, webhook, pushQueueUrl, deadLettersUrl, ...own }) => [
        name,
        {
          system,
          eventSourceMapping: own.eventSourceMapping,
          ...(own.schedule ? { schedule: own.schedule } : {}),
          secretArn,
          ...(tokenSecretArn ? { tokenSecretArn } : {}),
          ...(webhook ? { webhook: { url: webhook.url, secretArn: webhook.secretArn } } : {}),
          url: pushQueueUrl,
          deadLettersUrl,
        },
      ]),
    ),
  }
}
