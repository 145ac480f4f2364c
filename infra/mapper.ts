import { Duration, Stack } from 'aws-cdk-lib'
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { IntegrationInstance } from '../lib/config/config.ts'
import { limits } from '../lib/config/limits.ts'
import type { Connection } from './connection.ts'
import { ConnectorFunction } from './function.ts'
import { permissions } from './permissions.ts'
import { type Surroundings, sharedArns, sharedEnvironment } from './surroundings.ts'
import { workOn } from './worker.ts'

export const mapTimeout = Duration.seconds(limits.mapperTimeoutSeconds)

export interface MapperProps extends Surroundings {
  readonly integrations: readonly IntegrationInstance[]
  readonly connections: readonly Connection[]
}

/** The only function with integration code: takes documents in order, decides what is to be written where. */
export class Mapper extends Construct {
  readonly worker: ConnectorFunction

  constructor(scope: Construct, id: string, props: MapperProps) {
    super(scope, id)
    const integrations = Object.fromEntries(props.integrations.map(({ name, ...rest }) => [name, rest]))
    const pushQueues = Object.fromEntries(
      props.connections.map((c) => [c.name, { url: c.push.queue.queueUrl, writers: c.writers }]),
    )
    this.worker = new ConnectorFunction(this, 'Mapper', {
      kind: 'mapper',
      entry: 'map.ts',
      description: 'Maps documents to the records that are to be written',
      timeout: mapTimeout,
      environment: {
        ...sharedEnvironment(props),
        TABLES_TABLE: props.storage.tables.tableName,
        INTEGRATIONS: JSON.stringify(integrations),
        PUSH_QUEUES: Stack.of(this).toJsonString(pushQueues),
      },
      permissions: (logGroup) =>
        permissions.mapper({
          ...sharedArns(props),
          logGroup,
          tables: props.storage.tables.tableArn,
          pushQueues: props.connections.map((c) => c.push.queue.queueArn),
        }),
      logs: props.logs,
      // A document comes back after each of its writes, and one for many stores has more than the 16 rounds after
      // which Lambda takes it for a mistake. It cannot go on for ever: each round does the ledger's next write.
      recursiveLoop: RecursiveLoop.ALLOW,
    })
    workOn(this, 'Work', {
      queue: props.documents.queue,
      worker: this.worker.function,
      // Ten batches of ten are more than a FIFO queue hands out, and leave the account's concurrency to others.
      maxConcurrency: 10,
    })
  }
}
