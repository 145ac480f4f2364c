import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { ConnectionState, Pause, StateStore, StoredCursor } from '../state.ts'
import type { AwsApi } from './api.ts'
import { getItem, putItem, type Value } from './dynamo.ts'

const second = (ms: number) => Math.floor(ms / 1000)

/** Cursors, leases, pauses and connection states in the state table; leases and pauses expire (TTL) as items too. */
export function dynamoState(api: AwsApi, table: string, now: () => number): StateStore {
  const get = <T>(pk: string): Promise<T | undefined> => getItem<T>(api, table, { pk })
  const put = (item: Record<string, Value | undefined>, expression?: string, values?: Record<string, Value>) =>
    putItem(api, table, item, expression === undefined ? undefined : { expression, ...(values ? { values } : {}) })
  const cursorKey = (connection: string, stream: string) => `cursor#${connection}#${stream}`
  const cursor = async (connection: string, stream: string): Promise<StoredCursor | undefined> => {
    const item = await get<
      Omit<StoredCursor, 'cursor' | 'seen' | 'pending'> & { cursor: string; seen: string; pending: string }
    >(cursorKey(connection, stream))
    // The cursor is opaque to us: kept as text, so that nothing of it is lost in DynamoDB's types.
    return (
      item && {
        ...item,
        cursor: JSON.parse(item.cursor),
        seen: JSON.parse(item.seen),
        pending: JSON.parse(item.pending),
      }
    )
  }

  return {
    cursor,
    moveCursor: (connection, stream, next, expected) =>
      put(
        {
          ...next,
          pk: cursorKey(connection, stream),
          cursor: JSON.stringify(next.cursor),
          seen: JSON.stringify(next.seen ?? []),
          pending: JSON.stringify(next.pending ?? []),
          revision: expected + 1,
        },
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
      // An ended lease instead of a delete: no function may delete. One that was taken over stays the other's.
      const ended = { pk: `lease#${name}`, holder: owner, leaseUntil: 0, expiresAt: second(now()) + 3600 }
      await put(ended, 'holder = :owner', { ':owner': owner })
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

    async paused(connection) {
      const item = await get<Pause & { paused: boolean }>(`paused#${connection}`)
      return item?.paused ? { since: item.since, by: item.by, why: item.why } : undefined
    },
    async setPaused(connection, pause) {
      await put({ pk: `paused#${connection}`, paused: pause !== undefined, ...pause })
    },

    async record<T extends object>(name: string) {
      const item = await get<{ body: Uint8Array }>(`record#${name}`)
      return item && (JSON.parse(inflateRawSync(item.body).toString()) as T)
    },
    async keepRecord(name, value) {
      await put({ pk: `record#${name}`, body: deflateRawSync(JSON.stringify(value)) })
    },
  }
}
