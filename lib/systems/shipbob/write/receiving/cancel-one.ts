import { Refusal } from '../../../../core/failures.ts'
import type { Client } from '../../client.ts'
import { isCancelled, type Standing, standingOf } from './standing.ts'

/**
 * Cancels a receiving order. Which statuses allow it is not documented (shipbob.md §4.3), so ShipBob is asked.
 * @returns undefined once it is cancelled, by us or by somebody who was quicker; else the order as it stands, and ShipBob's
 *   words
 */
export async function cancelOne(client: Client, order: Standing): Promise<{ now: Standing; said: string } | undefined> {
  try {
    await client.post(`/receiving/${order.id}:cancel`)
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const now = standingOf((await client.get(`/receiving/${order.id}`, { accept: [404] })).body) ?? order
    return isCancelled(now) ? undefined : { now, said: error.message }
  }
}
