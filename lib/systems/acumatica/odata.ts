/** Query options of a request, by the API's names without the dollar sign. */
export interface Query {
  filter?: string
  select?: string[]
  /** Each level named: ["Packages", "Packages/PackageContents"]. */
  expand?: string[]
  /** Custom fields ("Document.TermsID"). */
  custom?: string[]
  top?: number
  skip?: number
}

/** A text literal: quotes inside are doubled (acumatica.md §5). */
export const quoted = (content: string): string => `'${content.replaceAll("'", "''")}'`

/** A point in time as a literal with milliseconds and offset; works on every endpoint version. */
export const moment = (iso: string): string => `datetimeoffset'${new Date(iso).toISOString().replace('Z', '+00:00')}'`

export const all = (...conditions: (string | undefined)[]): string => conditions.filter((c) => c).join(' and ')

/** `field eq 'a'`, or for several values the bracketed alternatives. */
export const among = (field: string, values: string[]): string => {
  const tests = values.map((one) => `${field} eq ${quoted(one)}`)
  return tests.length === 1 ? String(tests[0]) : `(${tests.join(' or ')})`
}

/** The query as it stands in the URL, with its question mark; "" where there is nothing to ask. */
export function queryString(query: Query): string {
  const options: [string, string | undefined][] = [
    ['filter', query.filter],
    ['select', query.select?.join(',')],
    ['expand', query.expand?.join(',')],
    ['custom', query.custom?.join(',')],
    ['top', query.top?.toString()],
    ['skip', query.skip?.toString()],
  ]
  const set = options.filter(([, content]) => content !== undefined && content !== '')
  return set.length === 0
    ? ''
    : `?${set.map(([name, content]) => `$${name}=${encodeURIComponent(String(content))}`).join('&')}`
}

/** Characters that a web server does not let through in a path, even encoded: such a key is looked up instead. */
export const isPathSafe = (key: string): boolean => !/[/\\%?#&+:*<>]|\.$|^\.|\s$|^\s/.test(key) && key !== ''
