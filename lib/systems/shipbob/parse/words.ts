import type { Reading } from './reading.ts'

/** Spellings differ in blanks, case and hyphens ("Awaiting Arrival", "AwaitingArrival", "TicketNumber"). */
export const folded = (word: string): string => word.replace(/[^a-z0-9]/gi, '').toLowerCase()

/** A vocabulary of ShipBob's by its folded words (statuses.json). All of them are open sets. */
export type Vocabulary<Meaning extends string> = { readonly [word: string]: Meaning }

/**
 * What a word of the record means; for one that nobody knows `unknown`, with a warning. No word at all is unknown too,
 * without one.
 */
export function meaningOf<Meaning extends string>(
  reading: Reading,
  field: string,
  vocabulary: Vocabulary<Meaning>,
  unknown: Meaning,
): Meaning {
  const word = reading.text(field)
  if (word === undefined) return unknown
  const key = folded(word)
  const found = Object.hasOwn(vocabulary, key) ? vocabulary[key] : undefined
  if (found !== undefined) return found
  reading.warn(
    'SHIPBOB_WORD_UNKNOWN',
    field,
    `"${word.slice(0, 60)}" is no word known here; it is taken for ${unknown}.`,
  )
  return unknown
}
