import type { ConnectionContext } from '../../core/connection.ts'
import type { SourceReader } from '../../core/exchange.ts'
import { createClient } from './client.ts'
import { collectionReader } from './read/collections.ts'
import { fileReader } from './read/files.ts'
import type { Settings } from './settings.ts'

/**
 * Reads what the network holds for us, in either API style (sps-commerce.md §4): collections of documents by cursor
 * (fulfillment), or a directory of files (transactions). Both give the same documents with the same identities.
 */
export function createReader(context: ConnectionContext<Settings>): SourceReader {
  const client = createClient(context)
  return context.settings.apiStyle === 'fulfillment' ? collectionReader(context, client) : fileReader(context, client)
}
