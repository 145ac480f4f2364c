import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { accessKeyOf } from '../../../sandbox/aws/callers.ts'
import type { EmbeddedAws } from '../../../sandbox/aws/index.ts'
import { startPipeline } from './support.ts'

let aws: EmbeddedAws
beforeAll(async () => {
  aws = await startPipeline()
  aws.pauseSources()
  aws.setSecret('Credentials', '[]')
})
afterAll(() => aws.close())

/** A client's configuration with the identity of a function. */
const as = (name: string) => ({
  ...aws.clientConfig,
  credentials: { accessKeyId: accessKeyOf({ function: name, role: `${name}Role` }), secretAccessKey: 'x' },
})
const key = { pk: { S: 'a' }, sk: { S: 'b' } }
const TableName = 'Pipeline-Ledger'
const Bucket = 'pipeline-payloads'

it('allows what the role allows', async () => {
  const worker = new DynamoDBClient(as('Worker'))
  await worker.send(new PutItemCommand({ TableName, Item: key }))
  await new S3Client(as('Poller')).send(new PutObjectCommand({ Bucket, Key: 'raw/1', Body: 'x' }))
  const secret = await new SecretsManagerClient(as('Poller')).send(
    new GetSecretValueCommand({ SecretId: aws.deployment.secrets[0]?.arn }),
  )
  expect(secret.SecretString).toBe('[]')
})

it.each([
  [
    'DynamoDB',
    () => new DynamoDBClient(as('Poller')).send(new GetItemCommand({ TableName, Key: key })),
    'AccessDeniedException',
  ],
  [
    'SQS',
    () => new SQSClient(as('Poller')).send(new ReceiveMessageCommand({ QueueUrl: aws.outputs.DocumentsQueueUrl })),
    'AccessDeniedException',
  ],
  [
    'S3',
    () => new S3Client(as('Poller')).send(new PutObjectCommand({ Bucket, Key: 'other/1', Body: 'x' })),
    'AccessDenied',
  ],
  [
    'Secrets Manager',
    () =>
      new SecretsManagerClient(as('Worker')).send(
        new GetSecretValueCommand({ SecretId: aws.deployment.secrets[0]?.arn }),
      ),
    'AccessDeniedException',
  ],
  [
    'EventBridge',
    () =>
      new EventBridgeClient(as('Poller')).send(
        new PutEventsCommand({ Entries: [{ EventBusName: 'documents', Source: 's', DetailType: 'd', Detail: '{}' }] }),
      ),
    'AccessDeniedException',
  ],
  [
    'Lambda',
    () => new LambdaClient(as('Poller')).send(new InvokeCommand({ FunctionName: 'Pipeline-Worker' })),
    'AccessDeniedException',
  ],
])('refuses what the role does not allow, as %s would', async (_, call, name) => {
  const error = await call().catch((e: unknown) => e)
  expect(error).toMatchObject({ name })
})

it('lets a role touch the items it may by their partition keys, and no other', async () => {
  const listener = new DynamoDBClient(as('Listener'))
  const put = (pk: string) => listener.send(new PutItemCommand({ TableName, Item: { ...key, pk: { S: pk } } }))
  await put('heard')
  await put('heard before')
  await expect(put('a')).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

it('says who may not do what, in the words of AWS, and remembers it once', async () => {
  const db = new DynamoDBClient(as('Listener'))
  for (let i = 0; i < 2; i += 1)
    await expect(db.send(new GetItemCommand({ TableName, Key: key }))).rejects.toThrow(
      /^User: arn:aws:sts::123456789012:assumed-role\/Pipeline-ListenerRole\/Listener is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table\/Pipeline-Ledger because no identity-based policy allows the dynamodb:GetItem action$/,
    )
  expect(aws.denials().filter((d) => d.role === 'ListenerRole' && d.action === 'dynamodb:GetItem')).toEqual([
    expect.objectContaining({ by: 'Listener', action: 'dynamodb:GetItem' }),
  ])
})

it('without the right to list a bucket a missing object is "access denied", not "not found"', async () => {
  const read = (client: S3Client) => client.send(new GetObjectCommand({ Bucket, Key: 'raw/none' }))
  await expect(read(new S3Client(aws.clientConfig))).rejects.toMatchObject({ name: 'NoSuchKey' })
  await expect(read(new S3Client(as('Poller')))).rejects.toMatchObject({ name: 'AccessDenied' })
})

it('knows only the identities that it gave out', async () => {
  const stranger = new SQSClient({ ...aws.clientConfig, credentials: { accessKeyId: 'AKIA0', secretAccessKey: 'x' } })
  await expect(
    stranger.send(new SendMessageCommand({ QueueUrl: aws.outputs.DocumentsQueueUrl, MessageBody: 'x' })),
  ).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
})

it('needs the key of a table for every use of the table, and only through the service', async () => {
  await new DynamoDBClient(as('Worker')).send(new PutItemCommand({ TableName, Item: key }))
  expect(aws.usage.used()).toContainEqual(
    expect.objectContaining({ role: 'WorkerRole', statement: 'UseKey', action: 'kms:Decrypt' }),
  )
})

it('lists the permissions that nothing used', async () => {
  const unused = await aws.usage.unused()
  const find = unused.find((p) => p.role === 'WorkerRole' && p.statement === 'Find')
  expect(find).toMatchObject({ action: 'dynamodb:Query', resource: expect.stringMatching(/index\/byNumber$/) })
  expect(unused.filter((p) => p.role === 'WorkerRole' && p.action === 'dynamodb:PutItem')).toEqual([])
  // Permissions used in another run count as well.
  aws.usage.add(unused)
  expect(await aws.usage.unused()).toEqual([])
})
