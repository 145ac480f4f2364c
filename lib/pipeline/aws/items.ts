import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { Item, ItemStore } from '../ledger/items.ts'

/** The ledger's items in DynamoDB. Reads are consistent: a lease must not be decided on yesterday's state. */
export function dynamoItems(client: DynamoDBClient, table: string): ItemStore {
  const page = async function* <T>(next: (start: T | undefined) => Promise<{ items: Item[]; last: T | undefined }>) {
    let start: T | undefined
    do {
      const { items, last } = await next(start)
      yield* items
      start = last
    } while (start !== undefined)
  }
  const toItems = (found: Record<string, never>[] | undefined) => (found ?? []).map((i) => unmarshall(i) as Item)

  return {
    async get(pk, sk) {
      const { Item: found } = await client.send(
        new GetItemCommand({ TableName: table, Key: marshall({ pk, sk }), ConsistentRead: true }),
      )
      return found && (unmarshall(found) as Item)
    },

    async put(item, expected) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall(item),
            ...(expected === 0
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: 'revision = :expected',
                  ExpressionAttributeValues: { ':expected': { N: String(expected) } },
                }),
          }),
        )
        return true
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false
        throw error
      }
    },

    async query(pk, prefix) {
      const items: Item[] = []
      for await (const item of page(async (start: Record<string, never> | undefined) => {
        const answer = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: marshall({ ':pk': pk, ':prefix': prefix }),
            ConsistentRead: true,
            ExclusiveStartKey: start,
          }),
        )
        return { items: toItems(answer.Items as never), last: answer.LastEvaluatedKey as never }
      }))
        items.push(item)
      return items
    },

    scan: () =>
      page(async (start: Record<string, never> | undefined) => {
        const answer = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey: start }))
        return { items: toItems(answer.Items as never), last: answer.LastEvaluatedKey as never }
      }),
  }
}
