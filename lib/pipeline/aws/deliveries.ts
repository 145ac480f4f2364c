import type { TakenDeliveries } from '../hint-intake.ts'
import type { AwsApi } from './api.ts'
import { getItem, putItem } from './dynamo.ts'

/** What the keys of a connection's deliveries begin with: all that a webhook function may touch of the state table. */
export const deliveryPrefix = (connection: string): string => `delivery#${connection}#`

/** Deliveries in the state table, until their time to live is over; DynamoDB may delete an item days after that. */
export function dynamoDeliveries(api: AwsApi, table: string, now: () => number): TakenDeliveries {
  const keyOf = (connection: string, deliveryId: string) => ({ pk: `${deliveryPrefix(connection)}${deliveryId}` })
  return {
    async has(connection, deliveryId) {
      const item = await getItem<{ expiresAt: number }>(api, table, keyOf(connection, deliveryId))
      return item !== undefined && item.expiresAt * 1000 > now()
    },
    async add(connection, deliveryId, forSeconds) {
      const expiresAt = Math.floor(now() / 1000) + forSeconds
      await putItem(api, table, { ...keyOf(connection, deliveryId), expiresAt })
    },
  }
}
