import { Aws } from 'aws-cdk-lib'
import type { EventBus } from 'aws-cdk-lib/aws-events'
import type { LogProps } from './function.ts'
import type { OrderedQueue } from './queue.ts'
import type { Storage } from './storage.ts'

/** What every function of a deployment shares: the stores, the bus, the queue of documents, how logs are kept. */
export interface Surroundings {
  readonly storage: Storage
  readonly bus: EventBus
  readonly documents: OrderedQueue
  readonly logs: LogProps
}

/** The shared part of the environment (lib/config/environment.ts). */
export const sharedEnvironment = ({ storage, bus, documents }: Surroundings) => ({
  LEDGER_TABLE: storage.ledger.tableName,
  STATE_TABLE: storage.state.tableName,
  PAYLOAD_BUCKET: storage.payloads.bucketName,
  EVENT_BUS: bus.eventBusName,
  DOCUMENTS_QUEUE_URL: documents.queue.queueUrl,
})

/** The shared part of the ARNs that permissions.ts is given. */
export const sharedArns = ({ storage, bus, documents }: Surroundings) => ({
  ledger: storage.ledger.tableArn,
  state: storage.state.tableArn,
  bucket: storage.payloads.bucketArn,
  bus: bus.eventBusArn,
  key: storage.key.keyArn,
  documentsQueue: documents.queue.queueArn,
  domain: `${Aws.REGION}.${Aws.URL_SUFFIX}`,
})
