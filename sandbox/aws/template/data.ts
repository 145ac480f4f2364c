import type { Resolved, Resources } from './deploy.ts'
import type { Deployment, GenerateSecretString, QueueDefinition, Resource, TableDefinition } from './model.ts'

const seconds = (value: unknown, otherwise: number): number => Number(value ?? otherwise) * 1000

/** Everything that keeps data: tables, queues, buckets, secrets, and the keys that encrypt them. */
export function readData(
  resources: Resources,
): Pick<Deployment, 'tables' | 'queues' | 'buckets' | 'secrets' | 'keys' | 'buses'> {
  const identity = ({ id, name, arn }: Resolved, key?: string): Resource => ({ id, name, arn, ...(key ? { key } : {}) })
  return {
    tables: resources.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map((r) => readTable(r, resources)),
    queues: resources.ofType('AWS::SQS::Queue').map((r) => readQueue(r, resources)),
    buckets: resources.ofType('AWS::S3::Bucket').map((r) => identity(r, bucketKey(r, resources))),
    secrets: resources.ofType('AWS::SecretsManager::Secret').map((r) => ({
      ...identity(r, resources.keyArn(r.properties.KmsKeyId)),
      ...(typeof r.properties.SecretString === 'string' ? { value: r.properties.SecretString } : {}),
      ...(r.properties.GenerateSecretString
        ? { generate: r.properties.GenerateSecretString as GenerateSecretString }
        : {}),
    })),
    keys: resources.ofType('AWS::KMS::Key').map((r) => identity(r)),
    buses: resources.ofType('AWS::Events::EventBus').map((r) => identity(r)),
  }
}

function readTable({ id, name, arn, properties, type }: Resolved, resources: Resources): TableDefinition {
  const replica = (properties.Replicas as { SSESpecification?: { KMSMasterKeyId?: unknown } }[] | undefined)?.[0]
  const encryption =
    type === 'AWS::DynamoDB::GlobalTable'
      ? replica?.SSESpecification?.KMSMasterKeyId
      : (properties.SSESpecification as { KMSMasterKeyId?: unknown } | undefined)?.KMSMasterKeyId
  const ttl = properties.TimeToLiveSpecification as { AttributeName: string; Enabled: boolean } | undefined
  const index = ({ IndexName, KeySchema, Projection }: Record<string, unknown>) => ({
    IndexName,
    KeySchema,
    Projection,
  })
  const indexes = (property: string) => {
    const list = properties[property] as Record<string, unknown>[] | undefined
    return list && list.length > 0 ? { [property]: list.map(index) } : {}
  }
  const key = resources.keyArn(encryption)
  return {
    id,
    name,
    arn,
    ...(key ? { key } : {}),
    ...(ttl?.Enabled ? { timeToLive: ttl.AttributeName } : {}),
    create: {
      TableName: name,
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      ...indexes('GlobalSecondaryIndexes'),
      ...indexes('LocalSecondaryIndexes'),
    },
  }
}

function readQueue({ id, name, arn, ref, properties }: Resolved, resources: Resources): QueueDefinition {
  const policy = properties.RedrivePolicy
  const redrive = (typeof policy === 'string' ? JSON.parse(policy) : policy) as
    | { deadLetterTargetArn: string; maxReceiveCount: number | string }
    | undefined
  const key = resources.keyArn(properties.KmsMasterKeyId)
  return {
    id,
    name,
    arn,
    url: ref,
    fifo: properties.FifoQueue === true,
    contentBasedDeduplication: properties.ContentBasedDeduplication === true,
    deduplicationPerGroup: properties.DeduplicationScope === 'messageGroup',
    visibilityTimeoutMs: seconds(properties.VisibilityTimeout, 30),
    delayMs: seconds(properties.DelaySeconds, 0),
    receiveWaitMs: seconds(properties.ReceiveMessageWaitTimeSeconds, 0),
    ...(redrive
      ? { redrive: { deadLetterArn: redrive.deadLetterTargetArn, maxReceiveCount: Number(redrive.maxReceiveCount) } }
      : {}),
    ...(key ? { key } : {}),
  }
}

function bucketKey({ properties }: Resolved, resources: Resources): string | undefined {
  const encryption = properties.BucketEncryption as
    | { ServerSideEncryptionConfiguration?: { ServerSideEncryptionByDefault?: { KMSMasterKeyID?: unknown } }[] }
    | undefined
  const rule = encryption?.ServerSideEncryptionConfiguration?.[0]
  return resources.keyArn(rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID)
}
