import { type AwsApi, AwsError } from './api.ts'

export type Value = string | number | boolean | Uint8Array
type Attribute = { S: string } | { N: string } | { BOOL: boolean } | { B: string }
export type Attributes = Record<string, Attribute>

export const toAttribute = (value: Value): Attribute => {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  return { B: Buffer.from(value).toString('base64') }
}

export const toAttributes = (item: Record<string, Value | undefined>): Attributes =>
  Object.fromEntries(Object.entries(item).flatMap(([k, v]) => (v === undefined ? [] : [[k, toAttribute(v)]])))

export const fromAttributes = <T>(attributes: Attributes): T =>
  Object.fromEntries(
    Object.entries(attributes).map(([k, v]) => [
      k,
      'S' in v ? v.S : 'N' in v ? Number(v.N) : 'BOOL' in v ? v.BOOL : Buffer.from(v.B, 'base64'),
    ]),
  ) as T

/** One item by its key, read consistently. */
export async function getItem<T>(api: AwsApi, table: string, key: Record<string, string>): Promise<T | undefined> {
  const input = { TableName: table, Key: toAttributes(key), ConsistentRead: true }
  const { Item } = await api.call<{ Item?: Attributes }>('dynamodb', 'GetItem', input)
  return Item && fromAttributes<T>(Item)
}

/** Writes an item under a condition; false where the condition does not hold. */
export async function putItem(
  api: AwsApi,
  table: string,
  item: Record<string, Value | undefined>,
  condition?: { expression: string; values?: Record<string, Value> },
): Promise<boolean> {
  try {
    await api.call('dynamodb', 'PutItem', {
      TableName: table,
      Item: toAttributes(item),
      ...(condition ? { ConditionExpression: condition.expression } : {}),
      ...(condition?.values ? { ExpressionAttributeValues: toAttributes(condition.values) } : {}),
    })
    return true
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') return false
    throw error
  }
}

/** Every item of a Query or Scan, page after page. */
export async function* pages<T>(api: AwsApi, operation: 'Query' | 'Scan', input: object): AsyncIterable<T> {
  let start: Attributes | undefined
  do {
    const answer = await api.call<{ Items?: Attributes[]; LastEvaluatedKey?: Attributes }>('dynamodb', operation, {
      ...input,
      ...(start ? { ExclusiveStartKey: start } : {}),
    })
    for (const item of answer.Items ?? []) yield fromAttributes<T>(item)
    start = answer.LastEvaluatedKey
  } while (start)
}
