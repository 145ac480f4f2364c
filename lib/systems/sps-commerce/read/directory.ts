import { ConfigurationError } from '../../../core/failures.ts'
import type { Client } from '../client.ts'
import { pageOf, readBody } from '../paging.ts'
import { problem } from '../problem.ts'
import { isSection } from '../rsx/clean.ts'
import type { Settings } from '../settings.ts'

/** A directory's entry; paths have no leading slash, directories end with one. */
export interface Entry {
  path: string
  directory: boolean
}

/** A path below the Transaction API's data root, each part percent-encoded. */
export const dataPath = (settings: Settings, path: string): string =>
  `${settings.paths.data}/${path.split('/').map(encodeURIComponent).join('/')}`

/**
 * Every entry of a directory (with its trailing slash), or undefined where there is no such directory (404).
 * Follows cursors; a `next` that is the current cursor stops the walk, a refused one begins it again once.
 */
export async function listDirectory(
  client: Client,
  settings: Settings,
  directory: string,
  options: { prefix?: string; deadline?: number } = {},
): Promise<Entry[] | undefined> {
  const entries = new Map<string, Entry>()
  let restarted = false
  for (let cursor: string | undefined; ; ) {
    const call = {
      method: 'GET' as const,
      path: dataPath(settings, directory),
      query: { limit: settings.pageSize, cursor, entryNamePrefix: options.prefix },
      accept: cursor === undefined ? [404] : [400, 404],
      ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
    }
    const response = await client.send(call)
    if (response.status >= 400) {
      if (cursor === undefined) return undefined
      // The list changes faster than it is walked: what was found is read now, the rest at the next poll.
      if (restarted) return [...entries.values()]
      restarted = true
      cursor = undefined
      continue
    }
    const page = pageOf(readBody(call, response.body))
    for (const entry of page.results.flatMap((r) => toEntry(r, directory))) entries.set(entry.path, entry)
    if (page.next === undefined || page.next === cursor) return [...entries.values()]
    cursor = page.next
  }
}

function toEntry(value: unknown, directory: string): Entry[] {
  if (!isSection(value) || typeof value.path !== 'string') return []
  const bare = value.path.replace(/^\/+/, '')
  const isDirectory = value.type === 'directory' || bare.endsWith('/')
  const path = `${bare.startsWith(directory) ? '' : directory}${bare}`
  return path === directory
    ? []
    : [{ path: isDirectory ? `${path.replace(/\/$/, '')}/` : path, directory: isDirectory }]
}

/** How deep subdirectories are followed: out/PO/ is one. */
const deepest = 3

/** Every file below a directory, subdirectories included; undefined where the directory does not exist. */
export async function listFiles(client: Client, settings: Settings, directory: string): Promise<string[] | undefined> {
  const entries = await listDirectory(client, settings, directory)
  if (entries === undefined) return undefined
  const files: string[] = []
  for (const entry of entries) {
    if (!entry.directory) files.push(entry.path)
    else if (entry.path.split('/').length - directory.split('/').length < deepest)
      files.push(...((await listFiles(client, settings, entry.path)) ?? []))
  }
  return files
}

/** The problem of a missing directory, with what the account has instead (sps-commerce.md 3.2). */
export async function missingDirectory(
  client: Client,
  settings: Settings,
  which: 'out' | 'in',
): Promise<ConfigurationError> {
  const root = (await listDirectory(client, settings, '')) ?? []
  const there = root.filter((e) => e.directory).map((e) => e.path)
  return new ConfigurationError([
    problem(
      'SPS_DIRECTORY_NOT_FOUND',
      `there is no directory ${settings.directories[which]} on this account; ${there.length > 0 ? `it has ${there.join(', ')}` : 'it has none at all: routing is not enabled yet'}`,
      `directories.${which}`,
    ),
  ])
}
