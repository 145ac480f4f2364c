import type { GrantStore } from '../limiter.ts'
import type { AwsApi } from './api.ts'
import { getItem, putItem } from './dynamo.ts'

/** A connection's budget of requests in the state table; an item that nobody needs for an hour expires. */
export function dynamoGrants(api: AwsApi, table: string, connection: string): GrantStore {
  const pk = `limit#${connection}`
  return {
    read: () => getItem<{ full: number; revision: number }>(api, table, { pk }),
    move: (full, expected) =>
      putItem(
        api,
        table,
        { pk, full, revision: expected + 1, expiresAt: Math.ceil(full / 1000) + 3600 },
        expected === 0
          ? { expression: 'attribute_not_exists(pk)' }
          : { expression: 'revision = :expected', values: { ':expected': expected } },
      ),
  }
}
