/** Services the endpoint speaks, by the name they have in IAM actions. */
export type ServiceName = 'dynamodb' | 'sqs' | 's3' | 'secretsmanager' | 'events' | 'lambda' | 'scheduler'

/** Who calls: a function's worker, or the operator (tests, the command, the scenario), who may do everything. */
export type Caller = { kind: 'operator' } | { kind: 'function'; function: string; role: string; worker: string }

export interface Request {
  method: string
  /** Percent-decoded, without the query. */
  path: string
  query: URLSearchParams
  headers: Record<string, string>
  body: Buffer
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body: string | Buffer
}

/** One API call, understood. */
export interface Call {
  service: ServiceName
  operation: string
  caller: Caller
  request: Request
  /** The parsed JSON body of a JSON protocol; {} for REST calls without one. */
  input: Record<string, unknown>
}

/** A right that a call needs: an IAM action on a resource ARN. */
export interface Need {
  action: string
  resource: string
  /** Condition keys that matter beyond the caller and secure transport ("kms:ViaService", "dynamodb:LeadingKeys"). */
  context?: Record<string, string | string[]>
}

/** What one call costs, in the units AWS bills. */
export interface Cost {
  dynamodbWriteUnits?: number
  dynamodbReadUnits?: number
  sqsFifoRequests?: number
  sqsStandardRequests?: number
  eventBridgeEvents?: number
  secretsManagerCalls?: number
  s3Puts?: number
  s3Gets?: number
}

/** One of the services behind the endpoint. */
export interface Service {
  name: ServiceName
  /** What the caller must be allowed to do; asked before `handle`. */
  needs(call: Call): Need[]
  handle(call: Call): Promise<{ answer: Answer; cost: Cost }>
  /** AWS's own shape of an error of this service. */
  error(error: ServiceError): Answer
}

/** An error that AWS would answer with. `code` as the SDK names the exception class. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: string
  readonly status: number
  /** Further members of the error's body. */
  readonly details: Record<string, unknown>
  constructor(code: string, message: string, status = 400, details: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }
}

export const json = (body: unknown, contentType: string, status = 200, headers = {}): Answer => ({
  status,
  headers: { 'content-type': contentType, ...headers },
  body: JSON.stringify(body),
})
