import type { Json } from '../../../core/exchange.ts'
import { clean, isSection, localName, type Section } from './clean.ts'
import { type Family, familyOfWrapper, isInventoryItem } from './families.ts'
import { modernise } from './legacy.ts'
import { parseText, UnreadableText } from './text.ts'

/** One document found in what a source gave. */
export interface Found {
  /** Cleaned, with 7.7.7 names. Undefined = nothing readable. */
  document?: Section
  /** Old names that were translated. */
  renamed: string[]
  wrapper?: Family
  /** As it came, for the raw copy: parses to the same document again. */
  raw: Json
  /** Why there is no document. */
  unreadable?: string
}

/**
 * Every document in a value, whatever it is wrapped in (sps-commerce.md §6): an array, a bare document, {Order},
 * {Orders: {Order}}, {RSX}, {document}, {results}, an object of arrays by entity, or any of these as JSON or XML
 * text, bare or as {xml: "..."}. Never throws: what cannot be read is one Found with the reason.
 */
export function documentsIn(value: unknown): Found[] {
  if (isSection(value) && typeof value.xml === 'string') return fromText(value.xml)
  if (typeof value === 'string') return fromText(value)
  return unwrap(value, undefined, 0)
}

function fromText(text: string): Found[] {
  let value: unknown
  try {
    value = parseText(text)
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error
    return [{ renamed: [], raw: text, unreadable: error.message }]
  }
  const found = unwrap(value, undefined, 0)
  if (found.length === 0) return [{ renamed: [], raw: text, unreadable: 'there is no document in it' }]
  // One document a file is the rule: then the text itself is the raw copy. Of several, each keeps its own part.
  return found.length === 1 ? found.map((f) => ({ ...f, raw: text })) : found
}

/** Wrappers that say nothing about the family. */
const plainWrappers = new Set(['rsx', 'document', 'documents', 'results', 'data', 'items'])
/** Sections by which a document without a header is still recognised, and then refused for its missing identifiers. */
const bodySections = ['Meta', 'LineItem', 'LineItems', 'OrderLevel', 'Structure', 'Summary']

function unwrap(value: unknown, wrapper: Family | undefined, depth: number, name?: string): Found[] {
  if (Array.isArray(value)) return value.flatMap((v) => unwrap(v, wrapper, depth, name))
  const cleaned = clean(value)
  if (typeof cleaned === 'string' && depth > 0) return fromText(cleaned)
  if (isSection(cleaned) && isDocument(cleaned))
    return [{ ...modernise(cleaned), ...(wrapper ? { wrapper } : {}), raw: keep(value, name) }]
  const wrapped = wrappedIn(value, depth)
  if (wrapped)
    return wrapped.flatMap(({ family, inner }) => unwrap(inner, family ?? wrapper, depth + 1, family?.name ?? name))
  if (!isSection(cleaned)) return [{ renamed: [], raw: (value ?? null) as Json, unreadable: 'there is nothing in it' }]
  return [{ renamed: [], document: cleaned, raw: keep(value, name), ...(wrapper ? { wrapper } : {}) }]
}

const isDocument = (value: Section): boolean =>
  'Header' in value || isInventoryItem(value) || bodySections.some((s) => s in value)

/** What is inside a wrapper; undefined = it is none. An empty list inside is a wrapper with no document. */
function wrappedIn(value: unknown, depth: number): { family: Family | undefined; inner: unknown }[] | undefined {
  if (!isSection(value) || depth > 4) return undefined
  const known = Object.entries(value)
    .map(([key, inner]) => ({ key: localName(key), inner }))
    .filter(({ key }) => familyOfWrapper(key) !== undefined || plainWrappers.has(key.toLowerCase()))
  if (known.length === 0) return undefined
  return known
    .filter(({ inner }) => clean(inner) !== undefined)
    .map(({ key, inner }) => ({ family: familyOfWrapper(key), inner }))
}

/** The wrapper's name stays with the document: it tells an order from a change. */
const keep = (value: unknown, name: string | undefined): Json =>
  (name === undefined ? value : { [name]: value }) as Json
