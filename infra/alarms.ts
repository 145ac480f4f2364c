import { Duration, Stack } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import type { Connection } from './connection.ts'
import type { ConnectorFunction } from './function.ts'
import { counter } from './metrics.ts'
import type { OrderedQueue } from './queue.ts'
import { type RunbookAnchor, runbook } from './runbook.ts'
import type { Surroundings } from './surroundings.ts'

const period = Duration.minutes(5)

export interface AlarmsProps extends Surroundings {
  readonly connections: readonly Connection[]
  readonly mapper: ConnectorFunction
  readonly keeper: ConnectorFunction
  /**
   * Gets every alarm by mail, once the address has confirmed.
   * @default - nobody: subscribe to the topic yourself
   */
  readonly email?: string
}

interface Watch {
  readonly metric: IMetric
  /**
   * Highest value that is still fine.
   * @default 0
   */
  readonly fine?: number
  /** What happened, in a sentence. */
  readonly what: string
  readonly anchor: RunbookAnchor
  /** What the runbook's command is about. */
  readonly about: string
}

/** What somebody has to be told: one topic, and an alarm for everything that does not mend itself. */
export class Alarms extends Construct {
  readonly topic: Topic

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id)
    this.topic = new Topic(this, 'Topic', {
      displayName: 'ml-connector alarms',
      masterKey: props.storage.key,
      enforceSSL: true,
    })
    if (props.email) {
      this.topic.addSubscription(new EmailSubscription(props.email))
      acknowledge(this.topic, {
        'Serverless-SNSRedrivePolicy': 'Mail: SNS retries for weeks, and the alarm’s own state shows in CloudWatch.',
      })
    }

    this.watchQueue('Documents', 'documents', 'the mapper', props.documents, Duration.minutes(15))
    this.watchFunction('Mapper', 'documents', 'the mapper', props.mapper.function)
    this.watchFunction('Keeper', 'documents', 'the keeper', props.keeper.function)
    for (const connection of props.connections) this.watchConnection(connection)
  }

  private watchConnection(connection: Connection): void {
    const { name, poller } = connection
    // Longer than the hour a batch stays invisible after a pusher died in the middle of it.
    this.watchQueue(name, name, name, connection.push, Duration.minutes(75))
    this.watchFunction(`${name}-Pusher`, name, `the pusher of ${name}`, connection.pusher.function)
    if (poller)
      this.watch(`${name}-PollFailure`, {
        metric: sum('polls', {
          failed: counter('PollFailures', { connection: name }),
          errors: poller.function.metricErrors(),
          throttles: poller.function.metricThrottles(),
        }),
        what: `${name} could not be polled; its documents stay at the source until a poll works again`,
        anchor: 'poll-failures',
        about: name,
      })
    this.watch(`${name}-TokenFailure`, {
      metric: counter('TokenFailures', { connection: name }),
      what: `${name} gave no token: its credentials are wrong, expired or withdrawn`,
      anchor: 'token-failures',
      about: name,
    })
    this.watch(`${name}-Down`, {
      metric: counter('ConnectionDown', { connection: name }),
      what: `${name} is down; nothing is lost, its queue waits`,
      anchor: 'connection-down',
      about: name,
    })
  }

  private watchQueue(id: string, about: string, to: string, ordered: OrderedQueue, longest: Duration): void {
    this.watch(`${id}-DeadLetters`, {
      metric: ordered.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      what: `documents on the way to ${to} were held, rejected or given up`,
      anchor: 'dead-letters',
      about,
    })
    this.watch(`${id}-Age`, {
      metric: ordered.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      fine: longest.toSeconds(),
      what: `a document has been waiting for ${to} for more than ${longest.toMinutes()} minutes`,
      anchor: 'oldest-message',
      about,
    })
  }

  private watchFunction(id: string, about: string, name: string, worker: IFunction): void {
    this.watch(`${id}-Failure`, {
      metric: sum('invocations', { errors: worker.metricErrors(), throttles: worker.metricThrottles() }),
      what: `${name} failed as a whole or was throttled; its messages come back by themselves`,
      anchor: 'function-failures',
      about,
    })
  }

  private watch(id: string, { metric, fine, what, anchor, about }: Watch): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold: fine ?? 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${what}. First: ${runbook[anchor](about)} --stack ${Stack.of(this).stackName}. Then: docs/runbook.md#${anchor}`,
    })
    alarm.addAlarmAction(new SnsAction(this.topic))
  }
}

/** Adds metrics that count failures; those without data count as none. */
const sum = (label: string, metrics: Record<string, IMetric>): MathExpression =>
  new MathExpression({
    label: `failed ${label}`,
    period,
    expression: Object.keys(metrics)
      .map((m) => `FILL(${m}, 0)`)
      .join(' + '),
    usingMetrics: metrics,
  })
