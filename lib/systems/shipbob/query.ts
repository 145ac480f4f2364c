/** Filters of a read. Lists are sent comma separated; undefined is left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>

/** "?IDs=1,2&Statuses=Processing", or "". Commas and colons stay as they are: `SKU=any:A,B` (shipbob.md §3.3). */
export function queryString(query: Query): string {
  const parts = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return []
    const text = typeof value === 'object' ? value.join(',') : String(value)
    return [`${encodeURIComponent(name)}=${encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')}`]
  })
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}
