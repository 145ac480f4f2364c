import { Duration } from 'aws-cdk-lib'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { limits } from '../lib/config/limits.ts'
import { acknowledge } from './acknowledge.ts'

export interface OrderedQueueProps {
  /** Time limit of the function that works on the queue. */
  readonly workerTimeout: Duration
}

/**
 * A FIFO queue with its dead-letter queue. The group of a message keeps one document in order; senders give the
 * deduplication id, so that a redrive or a replay is a new message. Messages hold references to the ledger and no
 * payload, so SQS's own encryption is enough and no receive waits for (or pays) KMS.
 */
export class OrderedQueue extends Construct {
  readonly queue: Queue
  readonly deadLetters: Queue

  constructor(scope: Construct, id: string, props: OrderedQueueProps) {
    super(scope, id)
    const common = {
      fifo: true,
      contentBasedDeduplication: false,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest SQS has: a queue waits while its connection is down, a dead letter until somebody looks.
      retentionPeriod: Duration.days(14),
    }
    this.deadLetters = new Queue(this, 'DeadLetters', common)
    acknowledge(this.deadLetters, {
      'Serverless-SQSRedrivePolicy': 'It is the dead-letter queue: what is in it waits for a person.',
    })
    this.queue = new Queue(this, 'Queue', {
      ...common,
      // AWS's rule for queues that feed a function: it keeps a throttled batch from being worked on twice.
      visibilityTimeout: Duration.seconds(6 * props.workerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: limits.maxReceives },
    })
  }
}
