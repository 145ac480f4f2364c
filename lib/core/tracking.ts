/** A shipment of more parcels than this is looked for by its order; each number costs a write unit. */
const most = 10

/** Under these hang the documents that carry a tracking number: a way to find them, and none from one to another. */
export const trackingIndex = (number: string): string => `tracking/${number}`

/** What a document is also found by, of its tracking numbers: each once, absent ones left out, the first few. */
export const trackingIndexes = (numbers: Iterable<string | undefined>): string[] =>
  [...new Set([...numbers].flatMap((number) => (number?.trim() ? trackingIndex(number.trim()) : [])))].slice(0, most)
