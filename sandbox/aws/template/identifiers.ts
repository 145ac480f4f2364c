import { createHash } from 'node:crypto'
import type { Surroundings, TemplateResource } from './read.ts'

/** The physical identity of a resource: what Ref and Fn::GetAtt give. */
export interface Identity {
  name: string
  arn: string
  ref: string
  attributes: Record<string, string>
}

interface Kind {
  /** The property that may name it. */
  nameProperty?: string
  /** Longest physical name. */
  limit?: number
  make?: (name: string, at: Surroundings, properties: Record<string, unknown>) => string
  arn?: (name: string, at: Surroundings, properties: Record<string, unknown>) => string
  ref?: 'name' | 'arn' | 'url'
  attributes?: (identity: { name: string; arn: string }, at: Surroundings) => Record<string, string>
}

const arn = (service: string, path: string) => (name: string, at: Surroundings) =>
  `arn:aws:${service}:${at.region}:${at.account}:${path}${name}`
const globalArn = (service: string, path: string) => (name: string, at: Surroundings) =>
  `arn:aws:${service}::${at.account}:${path}${name}`
const short = (name: string, length: number): string => createHash('sha256').update(name).digest('hex').slice(0, length)
/** A name-derived UUID: the same template gets the same mapping and key ids at every start. */
const uuid = (name: string): string =>
  short(name, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, (_, a, b, c, d, e) => [a, b, c, d, e].join('-'))
const queueUrl = (name: string, at: Surroundings): string => `${at.url}/${at.account}/${name}`

const table: Kind = { nameProperty: 'TableName', arn: arn('dynamodb', 'table/') }
const kinds: Record<string, Kind> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    limit: 80,
    make: (name, _at, properties) => (properties.FifoQueue === true ? `${name}.fifo` : name),
    arn: arn('sqs', ''),
    ref: 'url',
    attributes: ({ name }, at) => ({ QueueName: name, QueueUrl: queueUrl(name, at) }),
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    limit: 63,
    make: (name) => name.toLowerCase(),
    arn: (name) => `arn:aws:s3:::${name}`,
    attributes: ({ name }, at) => ({
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${at.region}.amazonaws.com`,
    }),
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    // Secrets Manager appends a hyphen and six characters to the name.
    arn: (name, at) => `${arn('secretsmanager', 'secret:')(name, at)}-${short(name, 6)}`,
    ref: 'arn',
    attributes: (identity) => ({ Id: identity.arn }),
  },
  'AWS::KMS::Key': {
    make: (name) => uuid(name),
    arn: arn('kms', 'key/'),
    attributes: ({ name }) => ({ KeyId: name }),
  },
  'AWS::KMS::Alias': { nameProperty: 'AliasName', arn: arn('kms', '') },
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', limit: 64, arn: arn('lambda', 'function:') },
  'AWS::Lambda::EventSourceMapping': {
    make: (name) => uuid(name),
    arn: arn('lambda', 'event-source-mapping:'),
    attributes: (identity) => ({ Id: identity.name, EventSourceMappingArn: identity.arn }),
  },
  'AWS::Events::EventBus': { nameProperty: 'Name', arn: arn('events', 'event-bus/') },
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    limit: 64,
    arn: (name, at, properties) =>
      arn('events', `rule/${typeof properties.EventBusName === 'string' ? `${properties.EventBusName}/` : ''}`)(
        name,
        at,
      ),
  },
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    limit: 64,
    arn: (name, at, properties) => arn('scheduler', `schedule/${String(properties.GroupName ?? 'default')}/`)(name, at),
  },
  'AWS::Scheduler::ScheduleGroup': { nameProperty: 'Name', limit: 64, arn: arn('scheduler', 'schedule-group/') },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    limit: 64,
    arn: globalArn('iam', 'role/'),
    attributes: ({ name }) => ({ RoleId: `AROA${short(name, 17).toUpperCase()}` }),
  },
  'AWS::IAM::ManagedPolicy': { nameProperty: 'ManagedPolicyName', arn: globalArn('iam', 'policy/'), ref: 'arn' },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    arn: arn('sns', ''),
    ref: 'arn',
    attributes: (identity) => ({ TopicArn: identity.arn, TopicName: identity.name }),
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    arn: (name, at) => `${arn('logs', 'log-group:')(name, at)}:*`,
  },
  'AWS::ApiGatewayV2::Api': {
    // What Ref gives is the API's id, which has nothing of its name.
    make: (name) => short(name, 10),
    arn: (name, at) => `arn:aws:execute-api:${at.region}:${at.account}:${name}`,
    attributes: ({ name }, at) => ({
      ApiId: name,
      ApiEndpoint: at.apiUrl ?? `https://${name}.execute-api.${at.region}.amazonaws.com`,
    }),
  },
  'AWS::ApiGatewayV2::Integration': { make: (name) => short(name, 7) },
  'AWS::ApiGatewayV2::Route': { make: (name) => short(name, 7) },
  'AWS::ApiGatewayV2::Stage': { nameProperty: 'StageName' },
  'AWS::CloudWatch::Alarm': { nameProperty: 'AlarmName', arn: arn('cloudwatch', 'alarm:') },
}

/**
 * Names a resource: by its own name property, else stack and logical id (no random part, so that a state directory
 * fits the same template again).
 */
export function identify(
  id: string,
  resource: TemplateResource,
  resolve: (value: unknown) => unknown,
  at: Surroundings,
): Identity {
  const kind = kinds[resource.Type] ?? {}
  const own = (property: string): unknown => resolve(resource.Properties?.[property])
  const named = kind.nameProperty === undefined ? undefined : own(kind.nameProperty)
  const context = Object.fromEntries(
    ['FifoQueue', 'EventBusName', 'GroupName'].map((property) => [property, own(property)]),
  )
  const generated = shorten(`${at.stack}-${id}`, (kind.limit ?? 255) - '.fifo'.length)
  const name =
    named === undefined ? (kind.make?.(generated, at, context) ?? generated) : String(named).replace(/^arn:.*\//, '')
  const itsArn = (kind.arn ?? arn('cloudformation', `${resource.Type}/`))(name, at, context)
  const refs = { name, arn: itsArn, url: queueUrl(name, at) }
  return {
    name,
    arn: itsArn,
    ref: refs[kind.ref ?? 'name'],
    attributes: { Arn: itsArn, ...kind.attributes?.({ name, arn: itsArn }, at) },
  }
}

const shorten = (name: string, limit: number): string =>
  name.length <= limit ? name : `${name.slice(0, limit - 9)}-${short(name, 8)}`
