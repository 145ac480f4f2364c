import { setTimeout as delay } from 'node:timers/promises'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import type { EmbeddedAws } from '../../../sandbox/aws/index.ts'
import { failuresOf } from '../../../sandbox/aws/lambda/partial-failures.ts'
import type { Message } from '../../../sandbox/aws/sqs/messages.ts'
import type { MappingDefinition, QueueDefinition } from '../../../sandbox/aws/template/model.ts'
import { startPipeline } from './support.ts'

let aws: EmbeddedAws
let db: DynamoDBClient
const named = (name: string) => aws.queues.find(name) as QueueDefinition
const documents = () => named('Pipeline-Documents.fifo')
const deadLetters = () => named('Pipeline-DeadLetters.fifo')

beforeEach(async () => {
  aws = await startPipeline()
  db = new DynamoDBClient(aws.clientConfig)
})
afterEach(() => aws.close())

const poll = async (...list: { id: string; group: string; does?: string }[]) => {
  aws.setSecret('Credentials', JSON.stringify(list))
  const result = await aws.tick('Schedule')
  expect(result?.error).toBeUndefined()
}
const times = async (id: string) => {
  const Key = { pk: { S: 'document' }, sk: { S: id } }
  const { Item } = await db.send(new GetItemCommand({ TableName: 'Pipeline-Ledger', Key }))
  return Number(Item?.times?.N ?? 0)
}

it('takes a document from the schedule through the queue to the ledger and the bus', async () => {
  await poll({ id: 'a', group: 'g1' }, { id: 'b', group: 'g1' }, { id: 'c', group: 'g2' })
  await aws.idle({ timeoutMs: 4000 })
  expect(await Promise.all(['a', 'b', 'c'].map(times))).toEqual([1, 1, 1])
  expect(aws.queues.depth(documents())).toEqual({ visible: 0, inFlight: 0, delayed: 0 })
  const heard = aws.events().map((e) => (e.event.detail as { documents: number }).documents)
  expect(heard.reduce((a, b) => a + b, 0)).toBe(3)
  expect(aws.denials()).toEqual([])
})

it('deletes what succeeded and keeps what failed until it is a dead letter', async () => {
  await poll({ id: 'good', group: 'g1' }, { id: 'bad', group: 'g2', does: 'fail' })
  await aws.idle({ timeoutMs: 4000 })
  expect(await times('good')).toBe(1)
  expect(aws.queues.peek(deadLetters()).map((m) => [JSON.parse(m.body).id, m.received])).toEqual([['bad', 2]])
})

it('fails the whole batch where the function throws, and shows it again after the visibility timeout', async () => {
  await poll({ id: 'a', group: 'g', does: 'throw' })
  await aws.idle({ timeoutMs: 4000, ignoreDelayed: true })
  expect(aws.queues.depth(documents())).toEqual({ visible: 0, inFlight: 1, delayed: 0 })
  await expect(aws.idle({ timeoutMs: 50 })).rejects.toThrow('holds 1 messages that wait')
  aws.releaseInFlight()
  await aws.idle({ timeoutMs: 4000, ignoreDelayed: true })
  aws.releaseInFlight()
  await aws.idle({ timeoutMs: 4000 })
  expect(aws.queues.depth(deadLetters()).visible).toBe(1)
})

it('does a batch again whose function was killed after its work and before its answer', async () => {
  let kills = 0
  aws.intercept(({ operation }) => (operation === 'PutEvents' && kills++ === 0 ? 'kill-after' : undefined))
  await poll({ id: 'twice', group: 'g' })
  await aws.idle({ timeoutMs: 4000, ignoreDelayed: true })
  expect(aws.queues.depth(documents()).inFlight).toBe(1)
  aws.releaseInFlight()
  await aws.idle({ timeoutMs: 4000 })
  expect(await times('twice')).toBe(2)
})

it('answers a call with an error of AWS where a test says so', async () => {
  aws.intercept(({ service }) =>
    service === 'secretsmanager' ? { code: 'InternalServiceError', message: 'down', status: 500 } : undefined,
  )
  expect((await aws.tick('Schedule'))?.error).toMatchObject({ errorType: 'InternalServiceError' })
})

it('stops receiving while its mapping is switched off, and goes on when it is on again', async () => {
  const off = await aws.invoke('Listener', { enabled: false })
  expect(off.payload).toMatchObject({ State: 'Disabled' })
  await poll({ id: 'later', group: 'g' })
  await aws.idle({ timeoutMs: 4000 })
  expect(aws.queues.depth(documents()).visible).toBe(1)
  expect((await aws.invoke('Listener', { enabled: true })).payload).toMatchObject({ State: 'Enabled' })
  await aws.idle({ timeoutMs: 4000 })
  expect(await times('later')).toBe(1)
})

it('works on no more batches at once than the mapping allows', async () => {
  const workers = new Set<string>()
  aws.intercept(({ caller }) => {
    if (caller.kind === 'function' && caller.function === 'Worker') workers.add(caller.worker)
    return undefined
  })
  for (let i = 0; i < 30; i += 1) {
    const body = JSON.stringify({ id: `n${i}`, group: 'g' })
    aws.queues.send(documents(), { body, group: `g${i}`, deduplication: `${i}` })
    // Apart, so that they do not all come in one batch.
    if (i % 5 === 0) await delay(5)
  }
  await aws.idle({ timeoutMs: 4000 })
  expect(workers.size).toBe(2)
})

it('counts what the pipeline called, and not what the operator did', async () => {
  await poll({ id: 'a', group: 'g1' }, { id: 'b', group: 'g2' })
  await aws.idle({ timeoutMs: 4000 })
  await times('a')
  const { requestsPerDocument, dollarsPerMillion, breakdown } = aws.counter.report(2)
  expect(requestsPerDocument).toMatchObject({
    'DynamoDB.UpdateItem': 1,
    'SecretsManager.GetSecretValue': 0.5,
    'S3.PutObject': 0.5,
    'SQS.SendMessageBatch': 0.5,
    'Scheduler.Invoke': 0.5,
  })
  expect(requestsPerDocument).not.toHaveProperty('DynamoDB.GetItem')
  // Each document: an item and an index entry; and the listener's items.
  const heard = aws.events().length
  expect(breakdown.dynamodbWriteUnit).toBeCloseTo(0.625 * (2 + heard / 2), 2)
  expect(dollarsPerMillion).toBeCloseTo(
    Object.values(breakdown).reduce((a, b) => a + b, 0),
    1,
  )
})

describe('partial batch answers', () => {
  const mapping = { reportBatchItemFailures: true } as MappingDefinition
  const batch = ['1', '2', '3'].map((id) => ({ id }) as Message)
  const failed = (payload: unknown, over = {}) =>
    [...failuresOf({ ...mapping, ...over }, batch, JSON.stringify(payload))].join('')

  it.each([
    ['a list of ids', { batchItemFailures: [{ itemIdentifier: '2' }] }, '2'],
    ['an empty list', { batchItemFailures: [] }, ''],
    ['null for the list', { batchItemFailures: null }, ''],
    ['null', null, ''],
    ['an empty answer', {}, ''],
    ['an unknown id', { batchItemFailures: [{ itemIdentifier: '9' }] }, '123'],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }, '123'],
    ['a wrong key', { batchItemFailures: [{ id: '2' }] }, '123'],
    ['no list', { batchItemFailures: 'all' }, '123'],
  ])('%s', (_, payload, expected) => expect(failed(payload)).toBe(expected))

  it('mean nothing where the mapping does not ask for them', () => {
    expect(failed({ batchItemFailures: [{ itemIdentifier: '2' }] }, { reportBatchItemFailures: false })).toBe('')
  })
})
