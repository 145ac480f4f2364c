/** A section of a document after cleaning: fields that are there, each text, number, boolean, section or list. */
export type Section = { readonly [name: string]: unknown }

export const isSection = (value: unknown): value is Section =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What a tolerant reader takes away (sps-commerce.md §6): empty text, null, {} and [] as absent, outer blanks,
 * namespace prefixes, attributes and declarations that an XML conversion left ("@xmlns", "$", "#text").
 * Undefined = nothing is there. Unknown fields stay.
 */
export function clean(value: unknown): unknown {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim()
  if (Array.isArray(value)) {
    const items = value.map(clean).filter((v) => v !== undefined)
    return items.length === 0 ? undefined : items
  }
  if (typeof value !== 'object') return value
  const fields: [string, unknown][] = []
  let content: unknown
  for (const [name, given] of Object.entries(value)) {
    if (name === '#text' || name === '_' || name === '$t') content = clean(given)
    if (/^([@$#]|xmlns|_$|__proto__$)/.test(name)) continue
    const kept = clean(given)
    if (kept !== undefined) fields.push([localName(name), kept])
  }
  return fields.length > 0 ? Object.fromEntries(fields) : content
}

/** "rsx:Order" → "Order". */
export const localName = (name: string): string => name.replace(/^[\w.-]+:(?=.)/, '')

/** A list where one belongs, also where a conversion made a single object of it. */
export const asList = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])
