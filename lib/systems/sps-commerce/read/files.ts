import type { ConnectionContext } from '../../../core/connection.ts'
import type { Json, SourceDocument, SourceReader } from '../../../core/exchange.ts'
import { Failure, Refusal } from '../../../core/failures.ts'
import { sha256 } from '../../../core/hash.ts'
import type { Client } from '../client.ts'
import { decodeText } from '../rsx/text.ts'
import type { Settings } from '../settings.ts'
import { isUnreadable, sourceDocuments } from '../source-document.ts'
import { dataPath, listFiles, missingDirectory } from './directory.ts'
import { fileKind, lastRank } from './file-names.ts'
import { inOrder } from './order.ts'

/** Paths read already, hashed: of this walk (they are about to be deleted), or for good where files are kept. */
type Seen = { seen?: string[] }
const short = (path: string): string => sha256(path, 16)
/** With files kept for ever the list would outgrow its store; older ones are then read again and dropped as known. */
const mostSeen = 10_000

/**
 * The directory of outbound files (sps-commerce.md 3.2): each page lists it anew, takes the next files, orders before
 * changes, and is acknowledged by deleting them. A file that cannot be read is left where it is: it may still be
 * written, and its copy at SPS is the only good one.
 */
export function fileReader(context: ConnectionContext<Settings>, client: Client): SourceReader {
  const { settings, log, connection } = context
  const { out } = settings.directories

  const readFile = async (path: string): Promise<SourceDocument[] | undefined> => {
    const call = { method: 'GET' as const, path: dataPath(settings, path), headers: { accept: '*/*' }, accept: [404] }
    const response = await client.send(call)
    // Already taken by another worker.
    if (response.status === 404) return undefined
    const type = fileKind(path)?.type
    const arrival = `${path}#${sha256(response.body, 16)}`
    return sourceDocuments(decodeText(response.body), { ...(type === undefined ? {} : { type }), arrival })
  }

  /**
   * Reads in order. A file that fails ends the page before it, so that a change does not overtake its order; the
   * next page begins with it, and there it is passed over, so that one bad file does not hold up the rest.
   */
  const readFiles = async (paths: string[]) => {
    const read: { path: string; documents: SourceDocument[] }[] = []
    let failed: Error | undefined
    for (const path of paths) {
      try {
        read.push({ path, documents: (await readFile(path)) ?? [] })
      } catch (error) {
        if (!(error instanceof Refusal) && !(error instanceof Failure && error.class === 'transient')) throw error
        if (read.length > 0) return { read, cut: true }
        failed ??= error
        log.error('a file cannot be read and is passed over', { code: 'SPS_READ_REFUSED', connection, path })
      }
    }
    if (read.length === 0 && failed) throw failed
    return { read, cut: false }
  }

  return {
    streams: () => ['files'],
    readPage: async (_stream, cursor) => {
      const before = new Set(((cursor ?? {}) as Seen).seen ?? [])
      const listed = await listFiles(client, settings, out)
      if (listed === undefined) throw await missingDirectory(client, settings, 'out')
      const waiting = listed.filter((path) => !before.has(short(path))).sort(byKind)
      const taken = waiting.slice(0, settings.filesPerPage)
      const { read, cut } = await readFiles(taken)
      const more = !cut && waiting.length > taken.length
      const seen = [...listed.map(short).filter((s) => before.has(s)), ...read.map((r) => short(r.path))]
      const done = read.filter((r) => !r.documents.some((d) => isUnreadable(d) && d.type !== 'unknown'))
      return {
        documents: inOrder(read.flatMap((r) => r.documents)),
        cursor: (settings.afterReading === 'keep' || more || cut ? { seen: seen.slice(-mostSeen) } : {}) as Json,
        more,
        ...(settings.afterReading === 'delete' ? { receipt: done.map((r) => r.path) } : {}),
      }
    },
    acknowledge: async (_stream, receipt) => {
      for (const path of receipt as string[])
        if (path.startsWith(out)) await client.send({ method: 'DELETE', path: dataPath(settings, path), accept: [404] })
    },
  }
}

const byKind = (a: string, b: string): number =>
  (fileKind(a)?.rank ?? lastRank) - (fileKind(b)?.rank ?? lastRank) || (a < b ? -1 : a > b ? 1 : 0)
