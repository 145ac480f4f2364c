import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { ConnectionState, StateStore, StoredCursor } from '../state.ts'

const second = (ms: number) => Math.floor(ms / 1000)

/** Cursors, leases, pauses and connection states in the state table; leases and pauses expire (TTL) as items too. */
export function dynamoState(client: DynamoDBClient, table: string, now: () => number): StateStore {
  const get = async <T>(pk: string): Promise<T | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true }),
    )
    return Item && (unmarshall(Item) as T)
  }
  const put = async (item: Record<string, unknown>, condition?: string, values?: Record<string, unknown>) => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall(item, { removeUndefinedValues: true }),
          ...(condition ? { ConditionExpression: condition } : {}),
          ...(values ? { ExpressionAttributeValues: marshall(values) } : {}),
        }),
      )
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }
  const cursorKey = (connection: string, stream: string) => `cursor#${connection}#${stream}`
  const cursor = async (connection: string, stream: string): Promise<StoredCursor | undefined> => {
    const item = await get<Omit<StoredCursor, 'cursor'> & { cursor: string }>(cursorKey(connection, stream))
    // The cursor is opaque to us: kept as text, so that nothing of it is lost in DynamoDB's types.
    return item && { ...item, cursor: JSON.parse(item.cursor) }
  }

  return {
    cursor,
    moveCursor: (connection, stream, next, expected) =>
      put(
        { ...next, pk: cursorKey(connection, stream), cursor: JSON.stringify(next.cursor), revision: expected + 1 },
        expected === 0 ? 'attribute_not_exists(pk)' : 'revision = :expected',
        expected === 0 ? undefined : { ':expected': expected },
      ),
    async cursors(connection, streams) {
      const found = await Promise.all(streams.map(async (s) => [s, await cursor(connection, s)] as const))
      return Object.fromEntries(found.filter((f): f is [string, StoredCursor] => f[1] !== undefined))
    },

    lease: (name, owner, until) =>
      put(
        { pk: `lease#${name}`, holder: owner, leaseUntil: until, expiresAt: second(until) + 3600 },
        'attribute_not_exists(pk) OR leaseUntil < :now OR holder = :owner',
        { ':now': now(), ':owner': owner },
      ),
    async release(name, owner) {
      try {
        await client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: { pk: { S: `lease#${name}` } },
            ConditionExpression: 'holder = :owner',
            ExpressionAttributeValues: { ':owner': { S: owner } },
          }),
        )
      } catch (error) {
        // Somebody took it over after our time was up: theirs to keep.
        if (!(error instanceof ConditionalCheckFailedException)) throw error
      }
    },

    pausedUntil: async (connection) => (await get<{ pausedUntil: number }>(`pause#${connection}`))?.pausedUntil ?? 0,
    async pause(connection, until) {
      await put(
        { pk: `pause#${connection}`, pausedUntil: until, expiresAt: second(until) + 3600 },
        'attribute_not_exists(pk) OR pausedUntil < :until',
        { ':until': until },
      )
    },

    connection: (name) => get<ConnectionState>(`connection#${name}`),
    async setConnection(name, state) {
      await put({ pk: `connection#${name}`, ...state })
    },
  }
}
