import type { ConnectionContext } from '../../core/connection.ts'
import { ConfigurationError, Failure, Refusal } from '../../core/failures.ts'
import { createClient } from './client.ts'
import { readPage } from './paging.ts'
import { streams, streamsOf } from './read/collections.ts'
import { listDirectory } from './read/directory.ts'
import type { Settings } from './settings.ts'

/** One thing that was tried, and what came of it. */
export interface Finding {
  what: string
  ok: boolean
  detail: string
}

/**
 * "Does it fit?": the token, then what the connection will read, one call each (sps-commerce.md §4, "connection
 * test"). Writes nothing and takes nothing. Never throws for what SPS answers.
 */
export async function check(context: ConnectionContext<Settings>): Promise<Finding[]> {
  const { settings } = context
  const client = createClient(context)
  const attempt = async (what: string, work: () => Promise<string>): Promise<Finding> => {
    try {
      return { what, ok: true, detail: await work() }
    } catch (error) {
      const known = error instanceof Failure || error instanceof Refusal || error instanceof ConfigurationError
      if (!known) throw error
      return { what, ok: false, detail: error.message }
    }
  }
  if (settings.apiStyle === 'transactions') {
    const token = await attempt('token', async () => {
      await client.send({ method: 'GET', path: settings.paths.authCheck })
      return 'accepted'
    })
    if (!token.ok) return [token]
    const directories = Object.values(settings.directories)
    const lists = directories.map((directory) => async () => {
      const entries = await listDirectory(client, settings, directory)
      if (entries !== undefined) return `${entries.length} entries`
      const root = (await listDirectory(client, settings, '')) ?? []
      throw new Failure(
        'transient',
        'SPS_DIRECTORY_NOT_FOUND',
        `not there; the root has ${root.map((e) => e.path).join(', ') || 'nothing'}`,
      )
    })
    const found = [token]
    for (const [i, list] of lists.entries()) found.push(await attempt(`directory ${directories[i]}`, list))
    return found
  }
  const found: Finding[] = []
  for (const stream of streamsOf(context)) {
    const path = settings.paths[streams[stream].path]
    found.push(
      await attempt(`${stream} (${path})`, async () => {
        const page = await readPage(client, { method: 'GET', path, query: { limit: 1 } })
        return page.results.length > 0 ? 'readable, not empty' : 'readable, empty'
      }),
    )
  }
  return found
}
