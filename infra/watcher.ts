import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import type { Connection } from './connection.ts'
import { ConnectorFunction } from './function.ts'
import { permissions } from './permissions.ts'
import { Schedule } from './schedule.ts'
import { type Surroundings, sharedArns } from './surroundings.ts'

export interface WatcherProps extends Surroundings {
  /** Those whose polls are watched: polled and switched on. */
  readonly connections: readonly Connection[]
}

/**
 * Looks every five minutes for what did not happen: documents that came to no end, deadlines, pollers and sources that
 * fell silent, webhooks that are off, keys that end. Reads, and tells the bus.
 */
export class Watcher extends Construct {
  readonly worker: ConnectorFunction

  constructor(scope: Construct, id: string, props: WatcherProps) {
    super(scope, id)
    const { storage, bus, connections } = props
    this.worker = new ConnectorFunction(this, 'Watcher', {
      kind: 'watcher',
      entry: 'watcher.ts',
      description: 'Looks for what did not happen',
      timeout: Duration.minutes(5),
      environment: {
        LEDGER_TABLE: storage.ledger.tableName,
        STATE_TABLE: storage.state.tableName,
        PAYLOAD_BUCKET: storage.payloads.bucketName,
        EVENT_BUS: bus.eventBusName,
        CONNECTIONS: JSON.stringify(
          Object.fromEntries(connections.map(({ name, polls }) => [name, { schedule: polls }])),
        ),
      },
      permissions: (logGroup) => permissions.watcher({ ...sharedArns(props), logGroup }),
      logs: props.logs,
    })
    new Schedule(this, 'Schedule', {
      description: 'Looks for what did not happen',
      expression: 'rate(5 minutes)',
      target: this.worker.function,
    })
    acknowledge(this.worker, {
      'Serverless-LambdaDLQ': 'A lost invocation is made up for by the next one of the schedule.',
    })
  }
}
