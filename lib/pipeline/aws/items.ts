import type { Item, ItemStore } from '../ledger/items.ts'
import type { AwsApi } from './api.ts'
import { getItem, pages, putItem, toAttributes } from './dynamo.ts'

/** The ledger's items in DynamoDB. Reads are consistent: a lease must not be decided on yesterday's state. */
export function dynamoItems(api: AwsApi, table: string): ItemStore {
  return {
    get: (pk, sk) => getItem<Item>(api, table, { pk, sk }),

    put: (item, expected) =>
      putItem(
        api,
        table,
        item,
        expected === 0
          ? { expression: 'attribute_not_exists(pk)' }
          : { expression: 'revision = :expected', values: { ':expected': expected } },
      ),

    query: (pk, prefix) =>
      Array.fromAsync(
        pages<Item>(api, 'Query', {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: toAttributes({ ':pk': pk, ':prefix': prefix }),
          ConsistentRead: true,
        }),
      ),

    scan: () => pages<Item>(api, 'Scan', { TableName: table }),
  }
}
