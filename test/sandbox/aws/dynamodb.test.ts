import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { itemBytes, readUnits, writeUnits } from '../../../sandbox/aws/dynamodb/size.ts'
import type { EmbeddedAws } from '../../../sandbox/aws/index.ts'
import { startPipeline } from './support.ts'

let aws: EmbeddedAws
let db: DynamoDBClient
const TableName = 'Pipeline-Ledger'

beforeAll(async () => {
  aws = await startPipeline()
  db = new DynamoDBClient(aws.clientConfig)
})
afterAll(() => aws.close())

const key = (sk: string, pk = 'p') => ({ pk: { S: pk }, sk: { S: sk } })
const put = (sk: string, more = {}, over = {}) =>
  db.send(new PutItemCommand({ TableName, Item: { ...key(sk), ...more }, ...over }))

it('a failed condition shows the item that made it fail, where asked for', async () => {
  await put('once', { holder: { S: 'first' } })
  const again = put(
    'once',
    { holder: { S: 'second' } },
    { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
  )
  const error = await again.catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ConditionalCheckFailedException)
  expect((error as ConditionalCheckFailedException).Item).toEqual({ ...key('once'), holder: { S: 'first' } })
})

it('a failed condition shows nothing where nothing was asked for, or nothing was there', async () => {
  await put('there')
  const failure = (sk: string, over: object) =>
    put(sk, {}, over).catch((e: unknown) => e) as Promise<ConditionalCheckFailedException>
  const unasked = await failure('there', { ConditionExpression: 'attribute_not_exists(pk)' })
  expect(unasked).toBeInstanceOf(ConditionalCheckFailedException)
  expect(unasked.Item).toBeUndefined()
  const nothingThere = await failure('nowhere', {
    ConditionExpression: 'attribute_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  expect(nothingThere).toBeInstanceOf(ConditionalCheckFailedException)
  expect(nothingThere.Item).toBeUndefined()
})

it('loses no update of many at once', async () => {
  const add = () =>
    db.send(
      new UpdateItemCommand({
        TableName,
        Key: key('counter'),
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    )
  await Promise.all(Array.from({ length: 50 }, add))
  const { Item } = await db.send(new GetItemCommand({ TableName, Key: key('counter'), ConsistentRead: true }))
  expect(Item?.n).toEqual({ N: '50' })
})

it('lets exactly one of many conditional writers win', async () => {
  const attempts = Array.from({ length: 20 }, (_, i) =>
    put('lease', { owner: { N: String(i) } }, { ConditionExpression: 'attribute_not_exists(pk)' }).then(
      () => true,
      () => false,
    ),
  )
  expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1)
})

it('queries by range and index, page by page, in both directions', async () => {
  for (let i = 0; i < 25; i += 1)
    await db.send(
      new PutItemCommand({
        TableName,
        Item: { ...key(`a#${String(i).padStart(2, '0')}`, 'pages'), number: { S: i % 2 ? 'odd' : 'even' } },
      }),
    )
  const query = (over: object) =>
    db.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :a)',
        ExpressionAttributeValues: { ':pk': { S: 'pages' }, ':a': { S: 'a#' } },
        ...over,
      }),
    )
  const found: (string | undefined)[] = []
  let start: Record<string, never> | undefined
  do {
    const page = await query({ Limit: 7, ScanIndexForward: false, ExclusiveStartKey: start })
    found.push(...(page.Items ?? []).map((i) => i.sk?.S))
    start = page.LastEvaluatedKey as typeof start
  } while (start)
  expect(found).toEqual(Array.from({ length: 25 }, (_, i) => `a#${String(24 - i).padStart(2, '0')}`))

  const byNumber = await db.send(
    new QueryCommand({
      TableName,
      IndexName: 'byNumber',
      KeyConditionExpression: '#n = :odd',
      ExpressionAttributeNames: { '#n': 'number' },
      ExpressionAttributeValues: { ':odd': { S: 'odd' } },
    }),
  )
  expect(byNumber.Count).toBe(12)
  await db.send(new DeleteItemCommand({ TableName, Key: key('a#01', 'pages') }))
  const { Count } = await db.send(
    new QueryCommand({
      TableName,
      IndexName: 'byNumber',
      KeyConditionExpression: '#n = :odd',
      ExpressionAttributeNames: { '#n': 'number' },
      ExpressionAttributeValues: { ':odd': { S: 'odd' } },
    }),
  )
  expect(Count).toBe(11)
})

it('reads and writes in batches and scans', async () => {
  const Items = ['x', 'y', 'z'].map((sk) => ({ PutRequest: { Item: key(sk, 'batch') } }))
  await db.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: Items } }))
  const { Responses } = await db.send(
    new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [key('x', 'batch'), key('none', 'batch')] } } }),
  )
  expect(Responses?.[TableName]).toEqual([key('x', 'batch')])
  const { Items: all } = await db.send(
    new ScanCommand({
      TableName,
      FilterExpression: 'pk = :b',
      ExpressionAttributeValues: { ':b': { S: 'batch' } },
    }),
  )
  expect(all).toHaveLength(3)
})

it('deletes items whose time to live is over, and only those', async () => {
  const now = Date.parse('2030-01-01T00:00:00Z')
  const at = (ms: number) => ({ expiresAt: { N: String(Math.floor(ms / 1000)) } })
  await put('expired', at(now - 1000))
  await put('alive', at(now + 60_000))
  await put('forever')
  expect(await aws.expire(now)).toBe(1)
  const left = async (sk: string) => (await db.send(new GetItemCommand({ TableName, Key: key(sk) }))).Item
  expect(await left('expired')).toBeUndefined()
  expect(await left('alive')).toBeDefined()
  expect(await left('forever')).toBeDefined()
})

it('says so where a table does not exist', async () => {
  await expect(db.send(new GetItemCommand({ TableName: 'nowhere', Key: key('x') }))).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  )
})

it('tells the units a write takes, indexes included', async () => {
  const units = async (Item: Record<string, { S: string }>) =>
    (await db.send(new PutItemCommand({ TableName, Item, ReturnConsumedCapacity: 'TOTAL' }))).ConsumedCapacity
      ?.CapacityUnits
  const big = { S: 'x'.repeat(2000) }
  expect(await units({ ...key('units') })).toBe(1)
  expect(await units({ ...key('units'), big })).toBe(2)
  // The larger of before and after counts.
  expect(await units({ ...key('units') })).toBe(2)
  // An entry of the index is a write more, and a changed key of it is two: one goes, one comes.
  expect(await units({ ...key('units'), number: { S: '1' } })).toBe(2)
  expect(await units({ ...key('units'), number: { S: '2' } })).toBe(3)
  // What the index does not hold does not change it.
  expect(await units({ ...key('units'), number: { S: '2' }, other: { S: 'x' } })).toBe(1)
})

it('computes sizes as DynamoDB bills them', () => {
  expect(itemBytes({ pk: { S: 'ä' }, n: { N: '12345' } })).toBe(2 + 2 + 1 + 4)
  expect(itemBytes({ l: { L: [{ S: 'a' }] }, m: { M: { k: { BOOL: true } } } })).toBe(1 + 3 + 2 + (1 + 3 + 1 + 2))
  expect(writeUnits(undefined, { s: { S: 'x'.repeat(1023) } })).toBe(1)
  expect(writeUnits(undefined, { s: { S: 'x'.repeat(1024) } })).toBe(2)
  expect(readUnits(0, false)).toBe(0.5)
  expect(readUnits(4097, true)).toBe(2)
})
