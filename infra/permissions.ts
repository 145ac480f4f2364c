import { headPrefix } from '../lib/pipeline/aws/heads.ts'

/**
 * Every permission of every function, in one place: exact actions on exact resources.
 *
 * A test runs the pipeline against an AWS that enforces these statements and fails where a call is refused, or
 * where a statement is never used and `indirect` gives no reason for it. Wildcards stand only where a name is made
 * at run time (objects below one prefix of one bucket).
 */
export interface Permission {
  readonly sid: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** ARNs that every pipeline function may be given; each role gets only what its function calls. */
interface Shared {
  readonly logGroup: string
  readonly ledger: string
  readonly state: string
  readonly bucket: string
  readonly bus: string
  readonly key: string
  readonly documentsQueue: string
  /** "us-east-1.amazonaws.com": KMS conditions name the services that may use the key for a function. */
  readonly domain: string
}

interface Connected extends Shared {
  readonly secret: string
  /** Absent where the system stores no tokens. */
  readonly tokenSecret: string | undefined
}

export interface PollerArns extends Connected {
  /** Absent where the connection's system has no webhook. */
  readonly hintsQueue: string | undefined
}

export interface PusherArns extends Connected {
  readonly pushQueue: string
}

export interface MapperArns extends Shared {
  readonly tables: string
  readonly pushQueues: readonly string[]
}

export interface KeeperArns extends Pick<Shared, 'logGroup' | 'state' | 'key' | 'domain'> {
  readonly eventSourceMappings: readonly string[]
  readonly pushers: readonly string[]
}

export type WatcherArns = Pick<Shared, 'logGroup' | 'ledger' | 'state' | 'bucket' | 'bus' | 'key' | 'domain'>

/** Of all connections of one system. */
export interface WebhookArns extends Pick<Shared, 'logGroup' | 'state' | 'key' | 'domain'> {
  readonly secrets: readonly string[]
  readonly hintsQueues: readonly string[]
  /** What the keys of their deliveries in the state table begin with; none where deliveries are not signed. */
  readonly deliveries: readonly string[]
}

/** Statements that no line of ours exercises: which service makes the call, or why it must be allowed. By Sid. */
export const indirect: Readonly<Record<string, string>> = {
  WriteOwnLog: 'The Lambda service writes what the function prints, with the function’s role.',
  ConsumeDocuments: 'The event source mapping receives and deletes messages with the function’s role.',
  ConsumePushQueue: 'The event source mapping receives and deletes messages with the function’s role.',
  ConsumeHints: 'The event source mapping receives and deletes messages with the function’s role.',
  PostponeHints: 'Used where a hint comes while another poll is running (test/e2e/nudge.test.ts).',
  Recover: 'Read by the poll after one that died between storing and enqueueing (test/e2e/killed.test.ts).',
  Probe: 'Used while a connection is down that a write found broken (test/e2e/outage.test.ts).',
  LookAtDocuments: 'A document is looked at an hour and a half after it was captured; no test waits for that.',
  ReadLargePayloads: 'An order of tens of thousands of lines whose deadline is looked at is in the bucket.',
  AnnounceLate: 'Used where something is late (test/e2e/watch.test.ts).',
  ReadTablePayloads: 'A cross-reference table over the item limit (some hundred thousand rows) is in the bucket.',
  WriteLargePayloads:
    'A target’s answer over the item limit (an order of tens of thousands of lines) goes to the bucket.',
  UseKey: 'DynamoDB, S3 and Secrets Manager use the customer key on behalf of whoever reads or writes.',
}

export const permissions = {
  poller: (arns: PollerArns): Permission[] => [
    writeOwnLog(arns),
    allow('Ledger', [arns.ledger], 'dynamodb:PutItem', 'dynamodb:Query'),
    allow('Recover', [arns.ledger], 'dynamodb:GetItem'),
    allow('State', [arns.state], 'dynamodb:GetItem', 'dynamodb:PutItem'),
    allow('WritePayloads', [`${arns.bucket}/ledger/*`], 's3:PutObject'),
    allow('Enqueue', [arns.documentsQueue], 'sqs:SendMessage'),
    allow('Announce', [arns.bus], 'events:PutEvents'),
    ...(arns.hintsQueue
      ? [
          consume('ConsumeHints', arns.hintsQueue),
          allow('PostponeHints', [arns.hintsQueue], 'sqs:ChangeMessageVisibility'),
        ]
      : []),
    ...ownSecrets(arns),
    useKey(arns, 'dynamodb', 's3', 'secretsmanager'),
  ],

  webhook: (arns: WebhookArns): Permission[] => [
    writeOwnLog(arns),
    allow('ReadWebhookSecrets', arns.secrets, 'secretsmanager:GetSecretValue'),
    allow('Hint', arns.hintsQueues, 'sqs:SendMessage'),
    ...(arns.deliveries.length > 0 ? [rememberDeliveries(arns)] : []),
    useKey(arns, ...(arns.deliveries.length > 0 ? ['dynamodb'] : []), 'secretsmanager'),
  ],

  mapper: (arns: MapperArns): Permission[] => [
    writeOwnLog(arns),
    allow('Ledger', [arns.ledger], 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'),
    noteHeads(arns),
    allow('Tables', [arns.tables], 'dynamodb:GetItem'),
    allow('ReadPayloads', [`${arns.bucket}/ledger/*`], 's3:GetObject'),
    allow('ReadTablePayloads', [`${arns.bucket}/tables/*`], 's3:GetObject'),
    allow('WritePayloads', [`${arns.bucket}/ledger/*`], 's3:PutObject'),
    consume('ConsumeDocuments', arns.documentsQueue),
    allow('Postpone', [arns.documentsQueue], 'sqs:ChangeMessageVisibility'),
    allow('Enqueue', arns.pushQueues, 'sqs:SendMessage'),
    allow('Announce', [arns.bus], 'events:PutEvents'),
    useKey(arns, 'dynamodb', 's3'),
  ],

  pusher: (arns: PusherArns): Permission[] => [
    writeOwnLog(arns),
    allow('Ledger', [arns.ledger], 'dynamodb:GetItem', 'dynamodb:PutItem'),
    allow('State', [arns.state], 'dynamodb:GetItem', 'dynamodb:PutItem'),
    allow('ReadPayloads', [`${arns.bucket}/ledger/*`], 's3:GetObject'),
    allow('WriteLargePayloads', [`${arns.bucket}/ledger/*`], 's3:PutObject'),
    consume('ConsumePushQueue', arns.pushQueue),
    allow('Postpone', [arns.pushQueue], 'sqs:ChangeMessageVisibility'),
    allow('Enqueue', [arns.documentsQueue], 'sqs:SendMessage'),
    allow('Announce', [arns.bus], 'events:PutEvents'),
    ...ownSecrets(arns),
    useKey(arns, 'dynamodb', 's3', 'secretsmanager'),
  ],

  keeper: (arns: KeeperArns): Permission[] => [
    writeOwnLog(arns),
    allow('State', [arns.state], 'dynamodb:GetItem'),
    allow('SwitchPushers', arns.eventSourceMappings, 'lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'),
    allow('Probe', arns.pushers, 'lambda:InvokeFunction'),
    useKey(arns, 'dynamodb'),
  ],

  watcher: (arns: WatcherArns): Permission[] => [
    writeOwnLog(arns),
    allow('Ledger', [arns.ledger], 'dynamodb:Query'),
    allow('LookAtDocuments', [arns.ledger], 'dynamodb:GetItem'),
    allow('State', [arns.state], 'dynamodb:GetItem', 'dynamodb:PutItem'),
    allow('ReadLargePayloads', [`${arns.bucket}/ledger/*`], 's3:GetObject'),
    allow('AnnounceLate', [arns.bus], 'events:PutEvents'),
    useKey(arns, 'dynamodb', 's3'),
  ],
}

export type FunctionKind = keyof typeof permissions

function allow(sid: string, resources: readonly string[], ...actions: string[]): Permission {
  return { sid, actions, resources }
}

const writeOwnLog = (arns: Pick<Shared, 'logGroup'>) =>
  allow('WriteOwnLog', [arns.logGroup], 'logs:CreateLogStream', 'logs:PutLogEvents')

/** Cursors, leases and pauses are in the same table: a function that anybody may call reaches none of them. */
const rememberDeliveries = ({ state, deliveries }: WebhookArns): Permission => ({
  ...allow('Deliveries', [state], 'dynamodb:GetItem', 'dynamodb:PutItem'),
  conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': deliveries.map((prefix) => `${prefix}*`) } },
})

/** Of the state table the mapper needs no more than to note how far its audit chain has got. */
const noteHeads = ({ state }: MapperArns): Permission => ({
  ...allow('NoteHeads', [state], 'dynamodb:PutItem'),
  conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${headPrefix}*`] } },
})

const consume = (sid: string, queue: string) =>
  allow(sid, [queue], 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes')

const ownSecrets = (arns: Connected): Permission[] => [
  allow('ReadCredentials', [arns.secret], 'secretsmanager:GetSecretValue'),
  ...(arns.tokenSecret
    ? [allow('KeepTokens', [arns.tokenSecret], 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue')]
    : []),
]

/** The key, only through the services named and never by a direct call. */
const useKey = (arns: Pick<Shared, 'key' | 'domain'>, ...services: string[]): Permission => ({
  ...allow('UseKey', [arns.key], 'kms:Decrypt', 'kms:GenerateDataKey'),
  conditions: { StringEquals: { 'kms:ViaService': services.map((s) => `${s}.${arns.domain}`) } },
})
