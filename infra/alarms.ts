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
import type { ILogGroup } from 'aws-cdk-lib/aws-logs'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { type WatchKind, watchKinds } from '../lib/pipeline/watch/finding.ts'
import { acknowledge } from './acknowledge.ts'
import type { Connection } from './connection.ts'
import type { ConnectorFunction } from './function.ts'
import { counter } from './metrics.ts'
import type { OrderedQueue } from './queue.ts'
import type { Surroundings } from './surroundings.ts'
import type { Webhooks } from './webhooks.ts'

const period = Duration.minutes(5)

export interface AlarmsProps extends Surroundings {
  readonly connections: readonly Connection[]
  readonly mapper: ConnectorFunction
  readonly keeper: ConnectorFunction
  readonly watcher: ConnectorFunction
  /** Absent where no connection has a webhook. */
  readonly webhooks: Webhooks | undefined
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
  /** Section of docs/runbook.md. */
  readonly anchor: string
  /** The command to type first. */
  readonly first: string
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

    const { documents, mapper, keeper, watcher } = props
    this.watchQueue('Documents', 'the mapper', documents, mapper, Duration.minutes(15))
    this.watchFunction('Mapper', 'the mapper', mapper)
    this.watchFunction('Keeper', 'the keeper', keeper)
    this.watchFunction('Watcher', 'the watcher', watcher)
    for (const kind of watchKinds) this.watchLate(kind)
    for (const connection of props.connections) this.watchConnection(connection)
    if (props.webhooks) this.watchWebhooks(props.webhooks)
  }

  private watchWebhooks({ api, log, functions }: Webhooks): void {
    for (const [system, worker] of functions)
      this.watchFunction(`${system}-Webhook`, `the webhooks of ${system}`, worker)
    this.watch('WebhookRefusals', {
      metric: api.metricServerError({ period, statistic: Stats.SUM }),
      // One cold start at a bad moment: Odoo calls a dozen times for one record.
      fine: 20,
      what: 'calls of webhooks were answered with an error of ours; what they tell of is read at the next poll',
      anchor: 'webhook-refusals',
      first: tail(log),
    })
  }

  private watchConnection({ name, push, pusher, poller, webhook }: Connection): void {
    // Longer than the hour a batch stays invisible after a pusher died in the middle of it.
    this.watchQueue(name, name, push, pusher, Duration.minutes(75))
    this.watchFunction(`${name}-Pusher`, `the pusher of ${name}`, pusher)
    if (poller)
      this.watch(`${name}-PollFailure`, {
        metric: sum('polls', {
          failed: counter('PollFailures', { connection: name }),
          errors: poller.function.metricErrors(),
          throttles: poller.function.metricThrottles(),
        }),
        what: `${name} could not be polled; its documents stay at the source until a poll works again`,
        anchor: 'poll-failures',
        first: readLog(poller),
      })
    if (poller && webhook?.channels)
      this.watch(`${name}-Hints-Age`, {
        metric: webhook.hints.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
        fine: Duration.hours(1).toSeconds(),
        what: `a delivery of ${name} has been waiting for more than an hour to have its record read`,
        anchor: 'oldest-message',
        first: readLog(poller),
      })
    this.watch(`${name}-TokenFailure`, {
      metric: counter('TokenFailures', { connection: name }),
      what: `${name} gave no token: its credentials are wrong, expired or withdrawn`,
      anchor: 'token-failures',
      first: readLog(poller ?? pusher),
    })
    this.watch(`${name}-Down`, {
      metric: counter('ConnectionDown', { connection: name }),
      what: `${name} is down; nothing is lost, its queue waits`,
      anchor: 'connection-down',
      first: readLog(poller ?? pusher),
    })
  }

  /** Goes back by itself once it is over, and says so. */
  private watchLate(kind: WatchKind): void {
    const alarm = this.watch(kind, {
      metric: counter('Late', { kind }).with({ statistic: Stats.MAXIMUM }),
      what: late[kind],
      anchor: anchorOf(kind),
      first: `ml-connector watch --stack ${Stack.of(this).stackName}`,
    })
    alarm.addOkAction(new SnsAction(this.topic))
  }

  private watchQueue(
    id: string,
    to: string,
    ordered: OrderedQueue,
    worker: ConnectorFunction,
    longest: Duration,
  ): void {
    this.watch(`${id}-DeadLetters`, {
      metric: ordered.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      what: `documents on the way to ${to} were held, rejected or given up`,
      anchor: 'dead-letters',
      first: `ml-connector errors --stack ${Stack.of(this).stackName}`,
    })
    this.watch(`${id}-Age`, {
      metric: ordered.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      fine: longest.toSeconds(),
      what: `a document has been waiting for ${to} for more than ${longest.toMinutes()} minutes`,
      anchor: 'oldest-message',
      first: readLog(worker),
    })
  }

  private watchFunction(id: string, name: string, worker: ConnectorFunction): void {
    this.watch(`${id}-Failure`, {
      metric: sum('invocations', {
        errors: worker.function.metricErrors(),
        throttles: worker.function.metricThrottles(),
      }),
      what: `${name} failed as a whole or was throttled; its messages come back by themselves`,
      anchor: 'function-failures',
      first: readLog(worker),
    })
  }

  private watch(id: string, { metric, fine, what, anchor, first }: Watch): Alarm {
    const alarm = new Alarm(this, id, {
      metric,
      threshold: fine ?? 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${what}. First: ${first} Then: docs/runbook.md#${anchor}`,
    })
    alarm.addAlarmAction(new SnsAction(this.topic))
    return alarm
  }
}

const late: Readonly<Record<WatchKind, string>> = {
  DocumentStuck: 'documents were captured and came to no end',
  DeadlineMissed: 'what should have followed a document by its partner’s deadline did not',
  SourceSilent: 'a source gave nothing for far longer than is usual',
  PollerStopped: 'a connection is not polled any more',
  WebhookOff: 'a system does not tell us any more that something changed; polls go on',
  KeyExpiring: 'a key, a token or an API version ends soon',
  SchemaDrift: 'a system has no longer a field that documents are made of',
}
/** "DocumentStuck" → "document-stuck" */
const anchorOf = (kind: WatchKind): string => kind.replace(/(?!^)[A-Z]/g, (c) => `-${c}`).toLowerCase()

const tail = (log: ILogGroup): string => `aws logs tail ${log.logGroupName} --since 1h`
const readLog = (worker: ConnectorFunction): string => tail(worker.function.logGroup)

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
