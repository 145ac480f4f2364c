import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  MessageNotInflight,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs'
import type { EmbeddedAws } from '../../../sandbox/aws/index.ts'
import { startPipeline } from './support.ts'

let aws: EmbeddedAws
let sqs: SQSClient
let QueueUrl: string
let DeadLettersUrl: string

beforeAll(async () => {
  aws = await startPipeline()
  aws.pauseSources()
  sqs = new SQSClient(aws.clientConfig)
  QueueUrl = aws.outputs.DocumentsQueueUrl ?? ''
  DeadLettersUrl = aws.queues.find('Pipeline-DeadLetters.fifo')?.url ?? ''
})
afterAll(() => aws.close())
afterEach(() => {
  for (const queue of aws.queues.definitions) aws.queues.purge(queue)
})

const message = (n: number, group = 'g') => ({
  MessageBody: `body ${n} ä€😀`,
  MessageGroupId: group,
  MessageDeduplicationId: `${Math.random()}`,
})
const receive = async (over = {}) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...over }))).Messages ?? []

it('sends and receives with all attributes, checked by the SDK’s own checksums', async () => {
  const attributes = { origin: { DataType: 'String', StringValue: 'test' } }
  const sent = await sqs.send(new SendMessageCommand({ QueueUrl, ...message(1), MessageAttributes: attributes }))
  const [got] = await receive({ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] })
  expect(got).toMatchObject({ MessageId: sent.MessageId, Body: 'body 1 ä€😀', MessageAttributes: attributes })
  expect(got?.Attributes).toMatchObject({
    MessageGroupId: 'g',
    ApproximateReceiveCount: '1',
    SequenceNumber: sent.SequenceNumber,
  })
})

it('takes a batch apart: what is wrong with one entry does not keep the others out', async () => {
  const { Successful, Failed } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', ...message(1) },
        { Id: 'b', ...message(2), MessageGroupId: 'with blank' },
        { Id: 'c', ...message(3), DelaySeconds: 5 },
      ],
    }),
  )
  expect(Successful?.map((s) => s.Id)).toEqual(['a'])
  expect(Failed?.map((f) => [f.Id, f.Code])).toEqual([
    ['b', 'InvalidParameterValue'],
    ['c', 'InvalidParameterValue'],
  ])
})

it('refuses batches as a whole where SQS does', async () => {
  const Entries = Array.from({ length: 11 }, (_, i) => ({ Id: String(i), ...message(i) }))
  await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({
    name: 'TooManyEntriesInBatchRequest',
  })
  await expect(
    sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [Entries[0], Entries[0]] as typeof Entries })),
  ).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' })
})

it('needs a group and a deduplication id', async () => {
  const { MessageGroupId: _, ...without } = message(1)
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, ...without }))).rejects.toMatchObject({
    name: 'MissingParameter',
  })
})

it('changes visibility and deletes in batches', async () => {
  const Entries = [1, 2, 3].map((n) => ({ Id: String(n), ...message(n, `g${n}`) }))
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
  const got = await receive()
  const handles = got.map((m, i) => ({ Id: String(i), ReceiptHandle: m.ReceiptHandle }))
  await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: handles.map((h, i) => ({ ...h, VisibilityTimeout: i === 0 ? 0 : 60 })),
    }),
  )
  const [again, ...none] = await receive()
  expect(none).toEqual([])
  expect(again?.MessageId).toBe(got[0]?.MessageId)
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: handles.slice(1) }))
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '1',
    VisibilityTimeout: '12',
    FifoQueue: 'true',
  })
})

it('names its errors as the SDK knows them', async () => {
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'none.fifo' }))).rejects.toBeInstanceOf(QueueDoesNotExist)
  await sqs.send(new SendMessageCommand({ QueueUrl, ...message(1) }))
  const [got] = await receive({ VisibilityTimeout: 1 })
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: got?.ReceiptHandle }))
  const change = new ChangeMessageVisibilityBatchCommand({
    QueueUrl,
    Entries: [{ Id: '1', ReceiptHandle: got?.ReceiptHandle, VisibilityTimeout: 5 }],
  })
  expect((await sqs.send(change)).Failed?.[0]?.Code).toBe(MessageNotInflight.name)
})

it('redrives through the same calls as the SQS console', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl, ...message(1) }))
  for (let i = 0; i < 3; i += 1) {
    const found = await receive()
    for (const { ReceiptHandle } of found)
      await sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: [{ Id: '1', ReceiptHandle, VisibilityTimeout: 0 }],
        }),
      )
  }
  const [letter] =
    (
      await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: DeadLettersUrl, AttributeNames: ['All'], VisibilityTimeout: 0 }),
      )
    ).Messages ?? []
  const SourceArn = aws.queues.find(DeadLettersUrl)?.arn
  expect(letter?.Attributes?.DeadLetterQueueSourceArn).toBe(aws.queues.find(QueueUrl)?.arn)
  const { queueUrls } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: DeadLettersUrl }))
  expect(queueUrls).toEqual([QueueUrl])
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }))
  const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))
  expect(Results?.[0]).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 })
  const [back] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
  expect(back?.Attributes?.ApproximateReceiveCount).toBe('1')
})
