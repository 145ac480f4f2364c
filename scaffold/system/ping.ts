import type { ConnectionContext } from '../../lib/core/connection.ts'
import { checked, type PingLine, pass } from '../../lib/core/ping.ts'
import { createClient } from './client.ts'
import type { Settings } from './settings.ts'

/** Asks what has to be right before documents pass; reads only. A line for each right and version belongs here too. */
export async function* ping(context: ConnectionContext<Settings>): AsyncGenerator<PingLine> {
  const client = createClient(context)
  yield* await checked('sign-in', async () => {
    await client.get('/records', { limit: '1' })
    return pass('sign-in', 'the API key is taken')
  })
}
