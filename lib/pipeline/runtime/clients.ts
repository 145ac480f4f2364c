import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { S3Client } from '@aws-sdk/client-s3'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'

/** Makes a client at its first use: most invocations need no bucket and no bus. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

export const dynamoDb = lazily(() => new DynamoDBClient())
export const sqs = lazily(() => new SQSClient())
export const secretsManager = lazily(() => new SecretsManagerClient())
export const eventBridge = lazily(() => new EventBridgeClient())
/** Path style works at every endpoint; the bucket's name holds no dot anyway. */
export const s3 = lazily(() => new S3Client({ forcePathStyle: true }))
