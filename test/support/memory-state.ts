import type { ConnectionState, Pause, StateStore, StoredCursor } from '../../lib/pipeline/state.ts'

/** The pipeline's small state in memory. */
export function memoryState(now: () => number): StateStore {
  const cursors = new Map<string, StoredCursor>()
  const leases = new Map<string, { owner: string; until: number }>()
  const connections = new Map<string, ConnectionState>()
  const pauses = new Map<string, Pause>()
  const records = new Map<string, string>()
  let pausedUntil = 0
  return {
    cursor: async (connection, stream) => cursors.get(`${connection}/${stream}`),
    moveCursor: async (connection, stream, next, expected) => {
      if ((cursors.get(`${connection}/${stream}`)?.revision ?? 0) !== expected) return false
      cursors.set(`${connection}/${stream}`, { ...next, revision: expected + 1 })
      return true
    },
    cursors: async () => ({}),
    lease: async (name, owner, until) => {
      const held = leases.get(name)
      if (held && held.owner !== owner && held.until > now()) return false
      leases.set(name, { owner, until })
      return true
    },
    release: async (name, owner) => {
      if (leases.get(name)?.owner === owner) leases.delete(name)
    },
    pausedUntil: async () => pausedUntil,
    pause: async (_connection, until) => {
      pausedUntil = Math.max(pausedUntil, until)
    },
    connection: async (name) => connections.get(name),
    setConnection: async (name, state) => void connections.set(name, state),
    paused: async (connection) => pauses.get(connection),
    setPaused: async (connection, pause) => {
      if (pause) pauses.set(connection, pause)
      else pauses.delete(connection)
    },
    record: async <T extends object>(name: string) => {
      const kept = records.get(name)
      return kept === undefined ? undefined : (JSON.parse(kept) as T)
    },
    keepRecord: async (name, value) => void records.set(name, JSON.stringify(value)),
  }
}
