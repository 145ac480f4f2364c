import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { limits } from '../lib/config/limits.ts'
import { acknowledge } from './acknowledge.ts'

export interface WorkerProps {
  readonly queue: Queue
  readonly worker: IFunction
  /** How many batches are worked on at once; AWS allows no less than 2. */
  readonly maxConcurrency: number
  /**
   * False leaves the queue waiting.
   * @default true
   */
  readonly enabled?: boolean
}

/**
 * Lets a function work on an ordered queue, a batch at a time. A failed message comes back alone
 * (ReportBatchItemFailures), so what was delivered beside it is not done again.
 */
export function workOn(scope: Construct, id: string, props: WorkerProps): EventSourceMapping {
  const mapping = new EventSourceMapping(scope, id, {
    target: props.worker,
    eventSourceArn: props.queue.queueArn,
    batchSize: limits.batchSize,
    reportBatchItemFailures: true,
    maxConcurrency: props.maxConcurrency,
    enabled: props.enabled ?? true,
  })
  acknowledge(mapping, {
    'Serverless-LambdaEventSourceMappingDestination':
      'Lambda has no failure destination for SQS: the queue’s own redrive policy sends what fails to its dead letters.',
  })
  acknowledge(props.worker, {
    'Serverless-LambdaDLQ':
      'Only invoked by its queue, synchronously: the queue keeps a failed message and has dead letters of its own.',
  })
  return mapping
}
