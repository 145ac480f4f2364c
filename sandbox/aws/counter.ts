import type { Caller, Cost } from './call.ts'
import { type Billable, prices } from './prices.ts'

/** How a run's requests and dollars spread over its documents. Only what the pipeline itself called counts. */
export interface CostReport {
  /** "DynamoDB.PutItem" → calls a document. */
  requestsPerDocument: Record<string, number>
  /** List price of us-east-1 for a million documents like these. */
  dollarsPerMillion: number
  /** Dollars a million documents by what AWS bills. */
  breakdown: Partial<Record<Billable, number>>
}

export interface Count {
  /** "DynamoDB.PutItem". */
  operation: string
  /** Logical id of the calling function; "operator", a mapping or a schedule. */
  by: string
  calls: number
}

export interface Counter {
  call(service: string, operation: string, caller: Caller, cost: Cost): void
  /** What AWS does on a function's behalf: a mapping's receives and deletes, a schedule's tick. */
  own(operation: string, by: string, cost: Partial<Record<Billable, number>>): void
  invocation(by: string, durationMs: number, memoryMb: number): void
  /** A long poll of a mapping that found nothing: cost of an idle queue, of no document. */
  emptyPoll(mapping: string): void
  counts(): Count[]
  emptyPolls(): number
  report(documents: number): CostReport
  reset(): void
}

const titles: Record<string, string> = {
  dynamodb: 'DynamoDB',
  sqs: 'SQS',
  s3: 'S3',
  secretsmanager: 'SecretsManager',
  events: 'EventBridge',
  lambda: 'Lambda',
  scheduler: 'Scheduler',
}

const billables: Record<keyof Cost, Billable> = {
  dynamodbWriteUnits: 'dynamodbWriteUnit',
  dynamodbReadUnits: 'dynamodbReadUnit',
  sqsFifoRequests: 'sqsFifoRequest',
  sqsStandardRequests: 'sqsStandardRequest',
  eventBridgeEvents: 'eventBridgeEvent',
  secretsManagerCalls: 'secretsManagerCall',
  s3Puts: 's3Put',
  s3Gets: 's3Get',
}

export function createCounter(): Counter {
  let counts = new Map<string, Count>()
  let units: Partial<Record<Billable, number>> = {}
  let emptyPolls = 0

  const count = (operation: string, by: string) => {
    const key = `${operation}\n${by}`
    const entry = counts.get(key) ?? { operation, by, calls: 0 }
    entry.calls += 1
    counts.set(key, entry)
  }
  const bill = (billable: Billable, amount: number) => {
    units[billable] = (units[billable] ?? 0) + amount
  }
  return {
    call: (service, operation, caller, cost) => {
      count(`${titles[service] ?? service}.${operation}`, caller.kind === 'operator' ? 'operator' : caller.function)
      if (caller.kind === 'operator') return
      for (const [unit, amount] of Object.entries(cost)) bill(billables[unit as keyof Cost], amount as number)
    },
    own: (operation, by, cost) => {
      count(operation, by)
      for (const [billable, amount] of Object.entries(cost)) bill(billable as Billable, amount as number)
    },
    invocation: (by, durationMs, memoryMb) => {
      count('Lambda.Invoke', by)
      bill('lambdaRequest', 1)
      // Billed by the begun millisecond.
      bill('lambdaGigabyteSecond', (Math.ceil(durationMs) / 1000) * (memoryMb / 1024))
    },
    emptyPoll: () => {
      emptyPolls += 1
    },
    counts: () => [...counts.values()],
    emptyPolls: () => emptyPolls,
    report: (documents) => {
      const per = Math.max(1, documents)
      const requestsPerDocument: Record<string, number> = {}
      for (const { operation, by, calls } of counts.values())
        if (by !== 'operator') requestsPerDocument[operation] = (requestsPerDocument[operation] ?? 0) + calls
      for (const [operation, calls] of Object.entries(requestsPerDocument))
        requestsPerDocument[operation] = round(calls / per)
      const breakdown: CostReport['breakdown'] = {}
      for (const [billable, amount] of Object.entries(units) as [Billable, number][])
        breakdown[billable] = ((amount * prices[billable]) / per) * 1e6
      const dollars = Object.values(breakdown).reduce((sum, value) => sum + value, 0)
      for (const [billable, value] of Object.entries(breakdown) as [Billable, number][])
        breakdown[billable] = round(value)
      return { requestsPerDocument, dollarsPerMillion: round(dollars), breakdown }
    },
    reset: () => {
      counts = new Map()
      units = {}
      emptyPolls = 0
    },
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000
