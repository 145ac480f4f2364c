import { ArnFormat, Duration, Stack } from 'aws-cdk-lib'
import { Rule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { Construct } from 'constructs'
import { eventSource } from '../lib/config/limits.ts'
import { acknowledge } from './acknowledge.ts'
import type { Connection } from './connection.ts'
import { ConnectorFunction } from './function.ts'
import { permissions } from './permissions.ts'
import { Schedule } from './schedule.ts'
import { type Surroundings, sharedArns } from './surroundings.ts'

export interface KeeperProps extends Surroundings {
  /** Those it may switch off and on. A connection that the configuration switches off is not among them. */
  readonly connections: readonly Connection[]
}

/**
 * Switches the push queue of a connection off while it is down (messages wait instead of using up their receives)
 * and on again when a poll or a probe finds it working. Woken by the event, and every five minutes to have what is
 * down probed, and in case an event was lost.
 */
export class Keeper extends Construct {
  readonly worker: ConnectorFunction

  constructor(scope: Construct, id: string, props: KeeperProps) {
    super(scope, id)
    const { connections } = props
    this.worker = new ConnectorFunction(this, 'Keeper', {
      kind: 'keeper',
      entry: 'keeper.ts',
      description: 'Switches push queues off while their connection is down',
      timeout: Duration.minutes(1),
      environment: {
        STATE_TABLE: props.storage.state.tableName,
        EVENT_BUS: props.bus.eventBusName,
        CONNECTIONS: Stack.of(this).toJsonString(
          Object.fromEntries(
            connections.map((c) => [
              c.name,
              { eventSourceMapping: c.mapping.eventSourceMappingId, pusher: c.pusher.function.functionName },
            ]),
          ),
        ),
      },
      permissions: (logGroup) =>
        permissions.keeper({
          ...sharedArns(props),
          logGroup,
          eventSourceMappings: connections.map((c) =>
            Stack.of(this).formatArn({
              service: 'lambda',
              resource: 'event-source-mapping',
              resourceName: c.mapping.eventSourceMappingId,
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          ),
          pushers: connections.map((c) => c.pusher.function.functionArn),
        }),
      logs: props.logs,
    })
    const changed = new Rule(this, 'Changed', {
      description: 'A connection went down or works again',
      eventBus: props.bus,
      eventPattern: { source: [eventSource], detailType: ['ConnectionDown', 'ConnectionUp'] },
      targets: [new LambdaFunction(this.worker.function)],
    })
    new Schedule(this, 'Schedule', {
      description: 'Sets every push queue as its connection is',
      expression: 'rate(5 minutes)',
      target: this.worker.function,
    })
    acknowledge(changed, {
      'Serverless-EventBusDLQ':
        'A lost event is made up for within five minutes: the schedule looks at every connection.',
    })
    acknowledge(this.worker, {
      'Serverless-LambdaDLQ': 'A lost invocation is made up for by the next one of the schedule.',
    })
  }
}
