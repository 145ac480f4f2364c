import { type Call, type Cost, json, type Need, type Service, ServiceError } from '../call.ts'
import type { State } from '../state.ts'
import type { TableDefinition } from '../template/model.ts'
import { type DynaliteError, isDynamoOperation, run } from './dynalite.ts'
import { type Item, itemBytes, readUnits } from './size.ts'
import { requestStore, type Touched, untouched } from './tables.ts'

export interface DynamoService extends Service {
  /** Deletes items whose time to live is over, as DynamoDB does on its own (there within days). Returns how many. */
  expire(now: number): Promise<number>
}

const contentType = 'application/x-amz-json-1.0'

/** DynamoDB: dynalite's operations over SQLite, with what dynalite lacks (time to live, the item of a failed condition). */
export function createDynamo(state: State, tables: TableDefinition[]): DynamoService {
  const definitions = new Map<string, unknown>(tables.map((table) => [table.name, describe(table)]))
  const byName = new Map(tables.map((table) => [table.name, table]))

  const handle = async (call: Call) => {
    const { operation, input } = call
    if (!isDynamoOperation(operation))
      throw new ServiceError('UnknownOperationException', `${operation} is not known to the embedded DynamoDB`)
    const touched = untouched()
    const wanted = input.ReturnConsumedCapacity
    const onFailure = input.ReturnValuesOnConditionCheckFailure
    try {
      // dynalite's own count leaves the indexes out; asked for only so that the answer has the shape.
      const result = await run(operation, { ...input }, requestStore(state, definitions, touched), state.transaction)
      const cost = costOf(operation, input, touched, result)
      const units = cost.dynamodbWriteUnits ?? cost.dynamodbReadUnits ?? 0
      if ((wanted === 'TOTAL' || wanted === 'INDEXES') && !Array.isArray(result.ConsumedCapacity))
        result.ConsumedCapacity = { TableName: input.TableName, CapacityUnits: units }
      return { answer: json(result, contentType), cost }
    } catch (thrown) {
      const error = thrown as DynaliteError
      if (!error.body) throw thrown
      const [, code = 'ValidationException'] = error.body.__type.split('#')
      const failed = code === 'ConditionalCheckFailedException'
      const item = failed && onFailure === 'ALL_OLD' && touched.before ? { Item: touched.before } : {}
      const message = error.body.message ?? error.body.Message ?? code
      const answer = service.error(new ServiceError(code, message, error.statusCode ?? 400, item))
      // A failed condition costs the write it did not make.
      const cost: Cost = failed
        ? { dynamodbWriteUnits: Math.max(1, Math.ceil(itemBytes(touched.before ?? {}) / 1024)) }
        : {}
      return { answer, cost }
    }
  }

  const service: DynamoService = {
    name: 'dynamodb',
    handle,
    needs: (call) => needs(call, byName),
    error: ({ code, message, status, details }) => {
      const shape = /^(Validation|Serialization|AccessDenied|UnknownOperation|Unrecognized)/.test(code)
        ? 'com.amazon.coral.service'
        : 'com.amazonaws.dynamodb.v20120810'
      return json({ __type: `${shape}#${code}`, message, ...details }, contentType, status === 403 ? 400 : status)
    },
    expire: async (now) => {
      let deleted = 0
      for (const table of tables) {
        if (!table.timeToLive) continue
        for (const item of all(state, table.name)) {
          const until = item[table.timeToLive]?.N
          if (typeof until !== 'string' || Number(until) * 1000 > now) continue
          const store = requestStore(state, definitions, untouched())
          await run('DeleteItem', { TableName: table.name, Key: keyOf(table, item) }, store, state.transaction)
          deleted += 1
        }
      }
      return deleted
    },
  }
  return service
}

/** Batch calls and queries on an index name their resources differently. */
function needs({ operation, input }: Call, tables: Map<string, TableDefinition>): Need[] {
  const arn = (name: string) => tables.get(name)?.arn ?? `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`
  const names =
    input.RequestItems && typeof input.RequestItems === 'object'
      ? Object.keys(input.RequestItems)
      : [String(input.TableName)]
  return names.flatMap((name) => {
    const index = input.IndexName === undefined ? '' : `/index/${String(input.IndexName)}`
    const key = tables.get(name)?.key
    const leading = leadingKey(input, tables.get(name))
    return [
      {
        action: `dynamodb:${operation}`,
        resource: `${arn(name)}${index}`,
        ...(leading === undefined ? {} : { context: { 'dynamodb:LeadingKeys': [leading] } }),
      },
      // The table key is decrypted for the principal that asks, whether it reads or writes; the data keys below it
      // are DynamoDB's own affair (KMS developer guide, "How Amazon DynamoDB uses AWS KMS").
      ...(key && operation !== 'DescribeTable' ? [viaService(key)] : []),
    ]
  })
}

/** The partition key of the one item that a call is about. */
function leadingKey({ Key, Item }: Call['input'], table: TableDefinition | undefined): string | undefined {
  const schema = (table?.create.KeySchema ?? []) as { AttributeName: string; KeyType: string }[]
  const name = schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? ''
  return ((Key ?? Item) as Record<string, { S?: string }> | undefined)?.[name]?.S
}

const viaService = (key: string): Need => ({
  action: 'kms:Decrypt',
  resource: key,
  context: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' },
})

function costOf(operation: string, input: Call['input'], touched: Touched, result: Record<string, unknown>): Cost {
  const consistent = input.ConsistentRead === true
  const bytes = (items: Item[]) => items.reduce((sum, item) => sum + itemBytes(item), 0)
  switch (operation) {
    case 'Query':
    case 'Scan': {
      const items = touched.scanned.slice(0, Number(result.ScannedCount))
      return { dynamodbReadUnits: readUnits(bytes(items), consistent) }
    }
    case 'GetItem':
      return { dynamodbReadUnits: readUnits(bytes(touched.readItems), consistent) }
    case 'BatchGetItem': {
      const requests = Object.values(
        input.RequestItems as Record<string, { Keys: unknown[]; ConsistentRead?: boolean }>,
      )
      const factor = requests.some((r) => r.ConsistentRead) ? 1 : 0.5
      const missing = requests.reduce((sum, r) => sum + r.Keys.length, 0) - touched.readItems.length
      return {
        dynamodbReadUnits: factor * touched.readItems.reduce((sum, i) => sum + readUnits(itemBytes(i), true), missing),
      }
    }
    case 'DescribeTable':
      return {}
    default:
      return { dynamodbWriteUnits: Math.max(1, touched.writeUnits) }
  }
}

const all = (state: State, table: string): Item[] =>
  (state.db.prepare('SELECT value FROM items WHERE space = ?').all(`item/${table}`) as { value: string }[]).map(
    (row) => JSON.parse(row.value) as Item,
  )

const keyOf = (table: TableDefinition, item: Item): Item =>
  Object.fromEntries(
    (table.create.KeySchema as { AttributeName: string }[]).map(({ AttributeName }) => [
      AttributeName,
      item[AttributeName] ?? {},
    ]),
  )

/** The table as DescribeTable shows it; dynalite's actions read key schema, attributes and indexes from it. */
function describe(table: TableDefinition): Record<string, unknown> {
  const indexes = (property: string) => {
    const list = table.create[property] as { IndexName: string }[] | undefined
    return list
      ? {
          [property]: list.map((i) => ({ ...i, IndexStatus: 'ACTIVE', IndexArn: `${table.arn}/index/${i.IndexName}` })),
        }
      : {}
  }
  return {
    ...table.create,
    ...indexes('GlobalSecondaryIndexes'),
    ...indexes('LocalSecondaryIndexes'),
    TableArn: table.arn,
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
  }
}
