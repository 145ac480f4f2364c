import type { ConnectionContext } from '../../core/connection.ts'
import { checked, clockLine, linesOf, type PingLine, type PingWanted, pass, warn } from '../../core/ping.ts'
import { createAuth } from './auth.ts'
import { type Client, createClient } from './client.ts'
import { readPage } from './paging.ts'
import { streams, streamsOf } from './read/collections.ts'
import { listDirectory, listFiles, missingDirectory } from './read/directory.ts'
import { type Settings, streamNames } from './settings.ts'

/**
 * Asks what can be asked without sending a document: the token, every collection or directory that is read, the clock.
 * Reads only, and deletes nothing. Whether SPS takes what we send shows only when it is sent.
 */
export async function* ping(context: ConnectionContext<Settings>, wanted: PingWanted): AsyncGenerator<PingLine> {
  const { settings, clock } = context
  const client = createClient(context)
  try {
    await createAuth(context).bearer()
  } catch (error) {
    yield* linesOf('token', error)
    return
  }
  yield pass('token', `issued by ${new URL(settings.tokenUrl).host}`)
  yield* settings.apiStyle === 'fulfillment'
    ? collectionLines(context, client, wanted)
    : directoryLines(settings, client, wanted)
  yield* await checked('clock', async () =>
    clockLine(client.now(), (wanted.time ?? clock).now(), 'a token may be used after it has ended'),
  )
}

/** A page of one document of every collection that some flow takes. */
async function* collectionLines(
  { settings }: ConnectionContext<Settings>,
  client: Client,
  { reads }: PingWanted,
): AsyncGenerator<PingLine> {
  const read = streamsOf({ settings, wanted: reads })
  for (const name of read) {
    const path = settings.paths[streams[name].path]
    yield* await checked(`read: ${name}`, async () => {
      const { results } = await readPage(client, { method: 'GET', path, query: { limit: 1 } })
      return pass(`read: ${name}`, results.length === 0 ? `${path}, empty` : path)
    })
  }
  for (const name of streamNames)
    if (!read.includes(name) && reads.includes(streams[name].type))
      yield warn(
        `read: ${name}`,
        `left out of streams: no ${streams[name].type} arrives`,
        'Add it to streams of the connection, or switch off the flow that takes it.',
      )
}

/** The credentials by the API's own question, then the directories. */
async function* directoryLines(settings: Settings, client: Client, wanted: PingWanted): AsyncGenerator<PingLine> {
  yield* await checked('sign-in', async () => {
    await client.send({ method: 'GET', path: settings.paths.authCheck })
    return pass('sign-in', settings.paths.authCheck)
  })
  const { out, in: into } = settings.directories
  if (wanted.reads.length > 0)
    yield* await checked('read: files', async () => {
      const files = await listFiles(client, settings, out)
      if (files === undefined) throw await missingDirectory(client, settings, 'out')
      return pass('read: files', `${out}, ${files.length === 1 ? '1 file waits' : `${files.length} files wait`}`)
    })
  if (wanted.writes.length > 0)
    yield* await checked('send: files', async () => {
      if ((await listDirectory(client, settings, into)) === undefined)
        throw await missingDirectory(client, settings, 'in')
      return pass('send: files', into)
    })
}
