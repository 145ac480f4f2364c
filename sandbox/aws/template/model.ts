/**
 * What a template deploys, with every intrinsic resolved: the only thing the rest of the embedded AWS looks at.
 * Plain JSON, so that a state directory can keep it and be opened again without the template.
 */
export interface Deployment {
  stack: string
  region: string
  account: string
  tables: TableDefinition[]
  queues: QueueDefinition[]
  buckets: Resource[]
  secrets: SecretDefinition[]
  keys: Resource[]
  buses: Resource[]
  rules: RuleDefinition[]
  functions: FunctionDefinition[]
  mappings: MappingDefinition[]
  schedules: ScheduleDefinition[]
  /** Absent where nothing outside can call. */
  httpApi?: HttpApiDefinition
  roles: RoleDefinition[]
  /** Policies on resources (queue, bucket, key, bus, secret) by the resource's ARN. */
  resourcePolicies: Record<string, PolicyDocument>
  /** AWS::Lambda::Permission: who but a role may invoke. */
  invokePermissions: { function: string; principal: string; sourceArn?: string }[]
  outputs: Record<string, string>
  /** What the template holds and the embedded AWS does not run. */
  notes: string[]
}

export interface Resource {
  /** Logical id in the template. */
  id: string
  /** Physical name. */
  name: string
  arn: string
  /** ARN of the customer managed key that encrypts it. */
  key?: string
}

export interface PolicyDocument {
  Version?: string
  Statement: PolicyStatement[]
}

export interface PolicyStatement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Action?: string | string[]
  Resource?: string | string[]
  [other: string]: unknown
}

export interface RoleDefinition extends Resource {
  policies: { name: string; policy: PolicyDocument }[]
}

export interface TableDefinition extends Resource {
  /** Input of CreateTable. */
  create: Record<string, unknown>
  /** Attribute that holds the epoch second after which an item is deleted. */
  timeToLive?: string
}

export interface QueueDefinition extends Resource {
  url: string
  fifo: boolean
  contentBasedDeduplication: boolean
  /** True where a deduplication id counts within its message group only (high throughput FIFO). */
  deduplicationPerGroup: boolean
  visibilityTimeoutMs: number
  delayMs: number
  receiveWaitMs: number
  redrive?: { deadLetterArn: string; maxReceiveCount: number }
}

export interface SecretDefinition extends Resource {
  /** The template's SecretString; absent for a secret that is created empty. */
  value?: string
  /** How its first value is made. */
  generate?: GenerateSecretString
}

/** As AWS::SecretsManager::Secret has it. */
export interface GenerateSecretString {
  PasswordLength?: number
  ExcludeCharacters?: string
  ExcludeLowercase?: boolean
  ExcludeUppercase?: boolean
  ExcludeNumbers?: boolean
  ExcludePunctuation?: boolean
  IncludeSpace?: boolean
  SecretStringTemplate?: string
  GenerateStringKey?: string
}

export interface FunctionDefinition extends Resource {
  /** Logical id of its role. */
  role: string
  handler: string
  /** Absolute directory of the bundled code. */
  code: string
  environment: Record<string, string>
  timeoutMs: number
  memoryMb: number
  reservedConcurrency?: number
  tracing: boolean
  logGroup: string
  /** How often an asynchronous invocation that failed is tried again. */
  asyncRetries: number
}

export interface MappingDefinition extends Resource {
  /** The mapping's UUID. */
  name: string
  function: string
  queue: string
  batchSize: number
  batchingWindowMs: number
  maximumConcurrency?: number
  reportBatchItemFailures: boolean
  enabled: boolean
}

export interface ScheduleDefinition extends Resource {
  group: string
  expression: string
  timezone: string
  enabled: boolean
  /** Target function's ARN. */
  target: string
  input?: string
  /** ARN of the role the scheduler takes on. */
  role: string
  /** As in the template, for GetSchedule and UpdateSchedule. */
  properties: Record<string, unknown>
}

/** An HTTP API of API Gateway with its one stage. */
export interface HttpApiDefinition extends Resource {
  stage: string
  /** Where it is served, without a slash at the end. */
  url: string
  routes: RouteDefinition[]
  /** Requests a second, and how many at once. */
  throttle?: { rate: number; burst: number }
  /** Of the access log: text with $context variables. */
  logFormat?: string
}

export interface RouteDefinition {
  /** "POST /webhook/{connection}", "ANY /files/{proxy+}", "$default". */
  key: string
  /** Logical id of the function. */
  function: string
  timeoutMs: number
}

export interface RuleDefinition extends Resource {
  /** Name of the bus. */
  bus: string
  pattern?: Record<string, unknown>
  enabled: boolean
  targets: RuleTarget[]
}

export interface RuleTarget {
  arn: string
  input?: string
  inputPath?: string
  transformer?: { paths: Record<string, string>; template: string }
  messageGroup?: string
}
