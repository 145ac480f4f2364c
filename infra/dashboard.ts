import { Duration } from 'aws-cdk-lib'
import { Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { watchKinds } from '../lib/pipeline/watch/finding.ts'
import type { Connection } from './connection.ts'
import type { ConnectorFunction } from './function.ts'
import { counter } from './metrics.ts'
import type { Surroundings } from './surroundings.ts'

const period = Duration.minutes(5)

export interface OverviewProps extends Surroundings {
  readonly flows: readonly string[]
  readonly connections: readonly Connection[]
  readonly mapper: ConnectorFunction
}

/** The one dashboard: what flows, what waits, what fails. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, props: OverviewProps) {
    super(scope, id)
    const { flows, connections, documents, mapper } = props
    const queues = [
      { name: 'documents', ordered: documents },
      ...connections.map((c) => ({ name: c.name, ordered: c.push })),
    ]
    const workers = [
      { name: 'mapper', worker: mapper.function },
      ...connections.flatMap((c) => [
        { name: `${c.name} pusher`, worker: c.pusher.function },
        ...(c.poller ? [{ name: `${c.name} poller`, worker: c.poller.function }] : []),
      ]),
    ]
    const graph = (title: string, left: IMetric[], width: number) => new GraphWidget({ title, left, width, height: 6 })

    new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(1),
      widgets: [
        (
          [
            ['Captured', 'DocumentsCaptured'],
            ['Delivered', 'DocumentsDelivered'],
            ['Held or rejected', 'DocumentsHeld'],
          ] as const
        ).map(([title, metric]) =>
          graph(
            `${title} by flow`,
            flows.map((flow) => counter(metric, { flow }).with({ label: flow })),
            8,
          ),
        ),
        [
          graph(
            'Waiting',
            queues.map(({ name, ordered }) =>
              ordered.queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM, label: name }),
            ),
            8,
          ),
          graph(
            'Oldest, in seconds',
            queues.map(({ name, ordered }) =>
              ordered.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM, label: name }),
            ),
            8,
          ),
          graph(
            'Dead letters',
            queues.map(({ name, ordered }) =>
              ordered.deadLetters.metricApproximateNumberOfMessagesVisible({
                period,
                statistic: Stats.MAXIMUM,
                label: name,
              }),
            ),
            8,
          ),
        ],
        [
          graph(
            'Function errors and throttles',
            workers.flatMap(({ name, worker }) => [
              worker.metricErrors({ period, label: `${name} errors` }),
              worker.metricThrottles({ period, label: `${name} throttles` }),
            ]),
            8,
          ),
          graph(
            'Slowest run, in milliseconds',
            workers.map(({ name, worker }) => worker.metricDuration({ period, statistic: Stats.MAXIMUM, label: name })),
            8,
          ),
          graph(
            'Failed polls, failed tokens, connections down',
            connections.flatMap((c) =>
              (['PollFailures', 'TokenFailures', 'ConnectionDown'] as const).map((m) =>
                counter(m, { connection: c.name }).with({ label: `${c.name} ${m}` }),
              ),
            ),
            8,
          ),
        ],
        [
          graph(
            'What did not happen',
            watchKinds.map((kind) => counter('Late', { kind }).with({ statistic: Stats.MAXIMUM, label: kind })),
            8,
          ),
        ],
      ],
    })
  }
}
