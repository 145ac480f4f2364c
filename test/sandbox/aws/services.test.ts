import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import {
  GetEventSourceMappingCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { type EmbeddedAws, startEmbeddedAws } from '../../../sandbox/aws/index.ts'
import type { QueueDefinition } from '../../../sandbox/aws/template/model.ts'
import { pipeline, startPipeline } from './support.ts'

let aws: EmbeddedAws
beforeAll(async () => {
  aws = await startPipeline()
})
afterAll(() => aws.close())

describe('S3', () => {
  const Bucket = 'pipeline-payloads'
  const s3 = () => new S3Client(aws.clientConfig)

  it('keeps objects byte for byte, with their type, and whatever characters are in the key', async () => {
    const Body = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 251))
    const Key = 'ledger/sps:purchase-order/3F1/45001 ä+&?.json.gz'
    await s3().send(
      new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', ContentEncoding: 'gzip' }),
    )
    const got = await s3().send(new GetObjectCommand({ Bucket, Key }))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body)
    expect(got).toMatchObject({ ContentType: 'application/json', ContentEncoding: 'gzip', ContentLength: 70_000 })
    expect(got.ETag).toBe(`"${createHash('md5').update(Body).digest('hex')}"`)
    expect((await s3().send(new HeadObjectCommand({ Bucket, Key }))).ContentLength).toBe(70_000)
  })

  it('takes a body that comes as a stream', async () => {
    const Body = Readable.from([Buffer.from('one '), Buffer.from('two')])
    await s3().send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: 7 }))
    const got = await s3().send(new GetObjectCommand({ Bucket, Key: 'stream' }))
    expect(await got.Body?.transformToString()).toBe('one two')
  })

  it('writes only where nothing was, if asked to', async () => {
    const put = () => s3().send(new PutObjectCommand({ Bucket, Key: 'once', Body: '1', IfNoneMatch: '*' }))
    await put()
    await expect(put()).rejects.toMatchObject({ name: 'PreconditionFailed' })
  })

  it('lists by prefix, page by page, and deletes', async () => {
    for (const n of [1, 2, 3]) await s3().send(new PutObjectCommand({ Bucket, Key: `list/${n}<&>`, Body: 'x' }))
    const first = await s3().send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 2 }))
    expect(first).toMatchObject({ KeyCount: 2, IsTruncated: true })
    const second = await s3().send(
      new ListObjectsV2Command({ Bucket, Prefix: 'list/', ContinuationToken: first.NextContinuationToken }),
    )
    expect(second.Contents?.map((c) => c.Key)).toEqual(['list/3<&>'])
    await s3().send(new DeleteObjectCommand({ Bucket, Key: 'list/3<&>' }))
    expect((await s3().send(new ListObjectsV2Command({ Bucket, Prefix: 'list/' }))).KeyCount).toBe(2)
  })
})

describe('Secrets Manager', () => {
  const secrets = () => new SecretsManagerClient(aws.clientConfig)
  const SecretId = () => aws.deployment.secrets[0]?.arn ?? ''

  it('has no value until somebody stores one, then the current and the one before', async () => {
    const get = (VersionStage?: string) =>
      secrets().send(new GetSecretValueCommand({ SecretId: SecretId(), ...(VersionStage ? { VersionStage } : {}) }))
    await expect(get()).rejects.toBeInstanceOf(ResourceNotFoundException)
    aws.setSecret('Credentials', 'one')
    await secrets().send(new PutSecretValueCommand({ SecretId: SecretId(), SecretString: 'two' }))
    expect((await get()).SecretString).toBe('two')
    expect((await get('AWSPREVIOUS')).SecretString).toBe('one')
    const { VersionIdsToStages, KmsKeyId } = await secrets().send(new DescribeSecretCommand({ SecretId: SecretId() }))
    expect(Object.values(VersionIdsToStages ?? {})).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']])
    expect(KmsKeyId).toBe(aws.deployment.keys[0]?.arn)
  })

  it('takes the same request twice as one', async () => {
    const request = { SecretId: SecretId(), SecretString: 'three', ClientRequestToken: 'a'.repeat(32) }
    await secrets().send(new PutSecretValueCommand(request))
    await secrets().send(new PutSecretValueCommand(request))
    const { SecretString } = await secrets().send(
      new GetSecretValueCommand({ SecretId: SecretId(), VersionStage: 'AWSPREVIOUS' }),
    )
    expect(SecretString).toBe('two')
  })

  it('knows only the secrets of the template', () => {
    expect(() => aws.setSecret('Other', 'x')).toThrow("can't find the specified secret")
  })
})

describe('EventBridge', () => {
  const put = (...Entries: object[]) =>
    new EventBridgeClient(aws.clientConfig).send(new PutEventsCommand({ Entries: Entries as never }))
  const event = (DetailType: string, detail: object) => ({
    EventBusName: 'documents',
    Source: 'pipeline',
    DetailType,
    Detail: JSON.stringify(detail),
  })

  it('gives an event to the queue of the rule it matches', async () => {
    await put(event('Held', { number: '4711' }), event('Unheard', {}))
    const [message, ...none] = aws.queues.peek(aws.queues.find('Pipeline-Plain') as QueueDefinition)
    expect(none).toEqual([])
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ 'detail-type': 'Held', detail: { number: '4711' } })
    expect(aws.events().map((e) => e.event['detail-type'])).toEqual(expect.arrayContaining(['Held', 'Unheard']))
  })

  it('refuses a detail that is no JSON object, and takes the other entries', async () => {
    const answer = await put({ ...event('Held', {}), Detail: 'text' }, event('Unheard', {}))
    expect(answer.FailedEntryCount).toBe(1)
    expect(answer.Entries?.map((e) => e.ErrorCode)).toEqual(['MalformedDetail', undefined])
  })

  it('does not know a bus that the template does not have', async () => {
    await expect(put({ ...event('Held', {}), EventBusName: 'other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})

describe('Lambda', () => {
  const lambda = () => new LambdaClient(aws.clientConfig)

  it('shows the mappings of the template', async () => {
    const { EventSourceMappings } = await lambda().send(
      new ListEventSourceMappingsCommand({ FunctionName: 'Pipeline-Worker' }),
    )
    expect(EventSourceMappings).toHaveLength(1)
    const UUID = EventSourceMappings?.[0]?.UUID
    expect(await lambda().send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
      State: 'Enabled',
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 2 },
    })
  })

  it('tries an asynchronous invocation three times, then gives up', async () => {
    const before = invocations('Listener')
    await lambda().send(
      new InvokeCommand({
        FunctionName: 'Pipeline-Listener',
        InvocationType: 'Event',
        Payload: Buffer.from('{"fail":true}'),
      }),
    )
    await aws.idle({ timeoutMs: 4000 })
    expect(invocations('Listener') - before).toBe(3)
  })
  const invocations = (by: string) =>
    aws.counter.counts().find((c) => c.operation === 'Lambda.Invoke' && c.by === by)?.calls ?? 0
})

it('refuses a template that could not be deployed, and says all that is wrong with it', async () => {
  const { cpSync, readFileSync, writeFileSync } = await import('node:fs')
  const { temporaryDirectory } = await import('./support.ts')
  const cdkOut = temporaryDirectory()
  cpSync(pipeline, cdkOut, { recursive: true })
  const file = `${cdkOut}/Pipeline.template.json`
  const template = JSON.parse(readFileSync(file, 'utf8'))
  template.Resources.Documents.Properties.VisibilityTimeout = 1
  template.Resources.DonePermission.Properties.Principal = 'sns.amazonaws.com'
  const statements = template.Resources.WorkerRole.Properties.Policies[0].PolicyDocument.Statement
  template.Resources.WorkerRole.Properties.Policies[0].PolicyDocument.Statement = statements.filter(
    (s: { Sid: string }) => s.Sid !== 'Consume',
  )
  writeFileSync(file, JSON.stringify(template))
  const refused = startEmbeddedAws({ cdkOut })
  await expect(refused).rejects.toThrow(
    'WorkerMapping: queue visibility timeout: 1 seconds is less than function timeout: 2',
  )
  await expect(refused).rejects.toThrow('permissions to call sqs:ReceiveMessage on Pipeline-Documents.fifo')
  await expect(refused).rejects.toThrow('DoneRule: nothing permits events.amazonaws.com to invoke Listener')
})
