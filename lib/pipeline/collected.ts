import type { Outbox } from './ports.ts'

/**
 * Keeps the messages of an invocation until `send`: nobody is told of an item before the audit trail attests it, and
 * ten messages are one request. An invocation that dies before has not acknowledged its own messages, so they come back
 * and send these.
 * @param connections those that have a push queue; another one throws at once, for its own document only
 */
export function collectedOutbox(outbox: Outbox, connections: readonly string[]): Outbox & { send(): Promise<void> } {
  const toMapper: Parameters<Outbox['toMapper']>[0] = []
  const toPusher = new Map<string, Parameters<Outbox['toPusher']>[1]>()
  return {
    toMapper: async (messages) => void toMapper.push(...messages),
    async toPusher(connection, messages) {
      if (!connections.includes(connection)) throw new Error(`there is no push queue for connection ${connection}`)
      toPusher.set(connection, [...(toPusher.get(connection) ?? []), ...messages])
    },
    async send() {
      await outbox.toMapper(toMapper.splice(0))
      for (const [connection, messages] of toPusher) await outbox.toPusher(connection, messages)
      toPusher.clear()
    },
  }
}
