import type { Story } from './ledger.ts'

/** An id is short; a text that has more parts than these is none. */
const most = 12

/**
 * The numbers under which a document may be at home that has this id: of a document id its key, of a target's id
 * ("SO/SO-20931", "/in/SHJS-SHP-0031877.xml"), a reference ("SPS:3F1HARBORPINE:4500187734") or a correlation id
 * ("sps/order/3F1HARBORPINE/4500187734/") its parts, the likeliest first.
 */
export function numbersIn(id: string): string[] {
  const text = keyIn(id) ?? id
  const parts = text.split(/[/:]/).filter((part) => part !== '')
  const [last = ''] = parts.slice(-1)
  const stem = last.replace(/\.(xml|json)$/, '')
  // A file's name begins with two letters for its kind (sps-commerce.md §3.2).
  const own = stem === last ? [] : [stem, stem.slice(2)]
  const found = [
    text,
    parts.slice(2).join('/'),
    parts.slice(-2).join('/'),
    last,
    ...own,
    ...parts.toReversed(),
    stem.slice(2),
  ]
  return [...new Set(found)].filter((one) => one !== '' && one !== id).slice(0, most)
}

/** The key in a document id ("sps:purchase-order:3F1HARBORPINE/4500187734/#d3db48422f"). */
const keyIn = (id: string): string | undefined => /^[^:]+:[^:]+:(.*)#[^#]*$/.exec(id)?.[1]

/** True where a document's own number is among the parts of its id: it is found by its id without a link. */
export const isInId = (number: string, documentId: string): boolean => numbersIn(documentId).includes(number)

/** True where the id is one of this document: its own, its thread's, one that a target gave, or our reference there. */
export const isIdOf = (id: string, { entry, progress, mappings }: Story): boolean =>
  [entry.documentId, entry.key, entry.group].includes(id) ||
  (progress?.targets.some(({ targetId }) => targetId === id) ?? false) ||
  mappings.some(({ writes }) => writes.some(({ reference }) => reference === id))
