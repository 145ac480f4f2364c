/** Filters of a request: names in any case, lists comma separated, product filters with an operator (shipbob.md §3.3). */
export interface Query {
  text(name: string): string | undefined
  list(name: string): string[] | undefined
  number(name: string): number | undefined
  flag(name: string): boolean | undefined
  /** Epoch milliseconds. */
  time(name: string): number | undefined
  /** Everything but what pages, as it came. */
  filters(): Record<string, string>
  has(name: string): boolean
}

const paging = new Set(['page', 'limit', 'pagesize', 'cursor', 'recordsperpage'])

export function queryOf(given: URLSearchParams): Query {
  const values = new Map([...given].map(([name, value]) => [name.toLowerCase(), value]))
  const text = (name: string) => {
    const value = values.get(name.toLowerCase())
    return value === undefined || value === '' ? undefined : value
  }
  const number = (name: string) => {
    const value = Number(text(name))
    return Number.isFinite(value) ? value : undefined
  }
  return {
    text,
    number,
    has: (name) => text(name) !== undefined,
    list: (name) =>
      text(name)
        ?.replace(/^any:/, '')
        .split(',')
        .map((one) => one.trim()),
    flag: (name) => {
      const value = text(name)?.toLowerCase()
      return value === undefined ? undefined : value === 'true'
    },
    time: (name) => {
      const value = Date.parse(text(name) ?? '')
      return Number.isNaN(value) ? undefined : value
    },
    filters: () => Object.fromEntries([...given].filter(([name]) => !paging.has(name.toLowerCase()))),
  }
}

/** True where a time lies in a window of filters; a record without the time is in none. */
export function within(query: Query, from: string, to: string, ...times: (number | undefined)[]): boolean {
  const [start, end] = [query.time(from), query.time(to)]
  if (start === undefined && end === undefined) return true
  return times.some((time) => time !== undefined && time >= (start ?? time) && time <= (end ?? time))
}

/** True where a value is in a filter's list, or the filter was not given. */
export const among = (query: Query, name: string, ...values: (string | number | null | undefined)[]): boolean => {
  const wanted = query.list(name)
  return wanted === undefined || values.some((value) => value != null && wanted.includes(String(value)))
}
