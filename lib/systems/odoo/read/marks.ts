import type { Json, SourceDocument } from '../../../core/exchange.ts'
import { canonicalJson, sha256 } from '../../../core/hash.ts'
import { packPairs, unpackPairs } from './packed.ts'

/**
 * What the overlap shows again: the hash of a row as it was met → the hash of the document that was enqueued for it.
 * A forgotten mark costs a read, nothing else.
 */
export type Marks = Map<string, string>

/** How many marks a cursor holds at most: 80 KB. */
const most = 5_000
const digits = 12

export const readMarks = unpackPairs
export const writeMarks = (marks: Marks): string =>
  packPairs(marks.size <= most ? marks : new Map([...marks].slice(-most)))

/** A row in this state, as far as its header fields tell. Two states of one second may look alike: see window.ts. */
export const markOf = (model: string, row: Json): string => sha256(`${model}\n${canonicalJson(row)}`, digits)

/** What a record's documents hold, as the pipeline tells one arrival from another. */
export const contentOf = (documents: readonly SourceDocument[]): string =>
  sha256(
    documents
      .map((d) => `${d.type}\n${d.key}\n${d.version}\n${d.hash}\n${d.arrival}`)
      .sort()
      .join('\n\n'),
    digits,
  )
