import { Duration } from 'aws-cdk-lib'
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { limits } from '../lib/config/limits.ts'
import type { WebhookDefinition } from '../lib/core/system.ts'
import { sharedHintMs } from '../lib/pipeline/hint.ts'
import { acknowledge } from './acknowledge.ts'

export interface HintsProps {
  /** How the connection's system tells that something changed. */
  readonly kind: WebhookDefinition['kind']
  /** Seconds after a call until a poll sees what it was about. */
  readonly settleSeconds: number
}

/** Why a queue of hints has no dead letters, by kind. */
const noDeadLetters = {
  nudge: 'A hint says "poll now" and nothing else: a lost one is made up for by the next poll.',
  signed:
    'A hint comes back until its records can be read: a dead letter would have to be redriven for what polls find too.',
}

/**
 * The queue between a webhook and the connection's poller. Hints wait until a poll can see what they are about, and
 * then for more of their kind: a burst of hundreds makes one poll or two, or a few reads. They have no dead letters.
 * Nudges are lost without harm, since the schedule polls too, and are gone after a quarter of an hour; hints that name
 * records, or hold a delivery that a person should see, are kept as long as SQS can.
 */
export class Hints extends Construct {
  readonly queue: Queue
  /** How long a hint waits before it is given to the poller. */
  readonly delaySeconds: number

  constructor(scope: Construct, id: string, props: HintsProps) {
    super(scope, id)
    const nudge = props.kind === 'nudge'
    this.delaySeconds = props.settleSeconds + (nudge ? Math.ceil(sharedHintMs / 1000) : 0)
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: nudge ? Duration.minutes(15) : Duration.days(14),
      // The least that AWS allows is the function's own time limit; a poll that died is made up for by the schedule.
      visibilityTimeout: Duration.seconds(limits.pollerTimeoutSeconds + 60),
    })
    acknowledge(this.queue, {
      'AwsSolutions-SQS3': noDeadLetters[props.kind],
      'Serverless-SQSRedrivePolicy': noDeadLetters[props.kind],
    })
  }

  /** Has the poller work on the hints. */
  wake(poller: IFunction, enabled: boolean): void {
    const mapping = new EventSourceMapping(this, 'Wake', {
      target: poller,
      eventSourceArn: this.queue.queueArn,
      batchSize: 1000,
      maxBatchingWindow: Duration.seconds(limits.hintWindowSeconds),
      reportBatchItemFailures: true,
      // AWS allows no less. One of two polls a connection's lease lets through; the other one's hint waits.
      maxConcurrency: 2,
      enabled,
    })
    acknowledge(mapping, {
      'Serverless-LambdaEventSourceMappingDestination':
        'Lambda has no failure destination for SQS, and a hint that fails comes back or is made up for by the next poll.',
    })
  }
}
