import type { ConnectionContext } from '../../../core/connection.ts'
import { Failure, Refusal } from '../../../core/failures.ts'
import { sha256 } from '../../../core/hash.ts'
import type { Client } from '../client.ts'
import { readError } from '../errors.ts'
import { readPage } from '../paging.ts'
import { problem } from '../problem.ts'
import { dataPath, listDirectory, missingDirectory } from '../read/directory.ts'
import { uploadPrefixes } from '../records.ts'
import { isSection } from '../rsx/clean.ts'
import type { Settings } from '../settings.ts'
import { delivered, type Parcel, type Sender } from './parcel.ts'

/**
 * Sends by upload to the inbound directory under a name made of our reference (sps-commerce.md 3.2). SPS deletes a
 * file when it has taken it, and the same name uploaded again is a second document; so an attempt that may not be the
 * first looks for the file in the listing and in the history, and never uploads what it finds.
 */
export function uploadSender(context: ConnectionContext<Settings>, client: Client): Sender {
  const { settings } = context
  const directory = settings.directories.in
  return {
    send: async (parcel, { mayHaveWritten, deadline }) => {
      const stem = `${directory}${uploadStem(parcel)}`
      const found = mayHaveWritten ? await findUpload(context, client, stem, deadline) : undefined
      if (found !== undefined)
        return delivered(parcel, `/${found}`, {
          adopted: true,
          warnings: [problem('SPS_ALREADY_SENT', `an earlier attempt had arrived as ${found}`)],
        })
      const path = `${stem}.${parcel.format}`
      const missing = await upload(context, client, path, parcel, deadline)
      if (!missing) return delivered(parcel, `/${path}`)
      return { outcome: 'held', problems: (await missingDirectory(client, settings, 'in')).problems }
    },
  }
}

/** The name's stem: the operation's two letters and our key, in characters every file system takes. */
export function uploadStem({ operation, reference }: Pick<Parcel, 'operation' | 'reference'>): string {
  const prefix = uploadPrefixes[operation]
  const name = reference.startsWith(prefix) ? reference : `${prefix}${reference}`
  const safe = name.replace(/[^A-Za-z0-9._-]/g, '_')
  // Two references that differ only in what was replaced must not share a name.
  return safe === name ? name : `${safe}-${sha256(name, 8)}`
}

/** Uploads once; true where the directory does not exist. A lost answer is looked for only after the history caught up. */
async function upload(
  context: ConnectionContext<Settings>,
  client: Client,
  path: string,
  parcel: Parcel,
  deadline: number,
): Promise<boolean> {
  const { settings } = context
  try {
    const response = await client.send({
      method: 'POST',
      path: dataPath(settings, path),
      headers: { 'content-type': 'application/octet-stream' },
      body: parcel.body,
      accept: [404],
      deadline,
    })
    if (response.status === 404) return true
    // A 2xx may still carry an error (sps-commerce.md 3.2).
    if (saysError(response.body))
      throw new Refusal(response.status, [problem('SPS_REFUSED', readError(response).words)])
    return false
  } catch (error) {
    if (!(error instanceof Failure) || error.class !== 'ambiguous') throw error
    const retryAfterMs = settings.lostAnswerWaitSeconds * 1000
    throw new Failure('ambiguous', error.code, error.message, { retryAfterMs, cause: error })
  }
}

function saysError(body: Buffer): boolean {
  try {
    const answer = JSON.parse(body.toString('utf8')) as unknown
    return isSection(answer) && (answer.status === 'error' || isSection(answer.error))
  } catch {
    return false
  }
}

/** The path of an earlier upload: still waiting in the directory, or taken already and known to the history only. */
async function findUpload(
  context: ConnectionContext<Settings>,
  client: Client,
  stem: string,
  deadline: number,
): Promise<string | undefined> {
  const { settings } = context
  const directory = settings.directories.in
  // The format may have been another one at the first attempt.
  const wanted = new Set([`${stem}.xml`, `${stem}.json`])
  const waiting = await listDirectory(client, settings, directory, {
    prefix: stem.slice(directory.length),
    deadline,
  })
  const entry = waiting?.find((e) => wanted.has(e.path))
  return entry?.path ?? (await findInHistory(context, client, wanted, deadline))
}

/** How many pages of the history are followed: its own paging is documented to contradict itself. */
const mostPages = 1_000

/** Walks the history back to `historyDays`; the query of `next.url` is followed, at our own host. */
async function findInHistory(
  context: ConnectionContext<Settings>,
  client: Client,
  wanted: ReadonlySet<string>,
  deadline: number,
): Promise<string | undefined> {
  const { settings } = context
  const after = new Date(client.now() - settings.historyDays * 86_400_000).toISOString().slice(0, 19)
  let query: Record<string, string> = { limit: String(settings.pageSize), after }
  const walked = new Set<string>()
  while (!walked.has(JSON.stringify(query)) && walked.size < mostPages) {
    walked.add(JSON.stringify(query))
    const page = await readPage(client, { method: 'GET', path: settings.paths.history, query, deadline })
    for (const entry of page.results) {
      const path = isSection(entry) && typeof entry.path === 'string' ? entry.path.replace(/^\/+/, '') : ''
      if (wanted.has(path)) return path
    }
    if (page.nextQuery === undefined) return undefined
    query = Object.fromEntries(page.nextQuery)
  }
  throw new Failure(
    'ambiguous',
    'SPS_OUTCOME_UNKNOWN',
    'The history at SPS leads in a circle; an upload with unknown outcome was not repeated.',
  )
}
