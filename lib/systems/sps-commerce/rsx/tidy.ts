import { prune } from '../records.ts'

// Everything XML 1.0 forbids: control characters but tab, line feed and carriage return; lone surrogates; two others.
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/**
 * A record as it may be sent: absent fields and sections left out (blank text is absent), characters that no XML document may hold taken
 * out of texts. `cleaned` names the fields that lost some.
 */
export function tidy<T>(record: T): { record: T; cleaned: string[] } {
  const cleaned: string[] = []
  const walk = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') {
      const kept = value.replace(forbidden, '')
      if (kept !== value) cleaned.push(path)
      return kept.trim() === '' ? '' : kept
    }
    if (Array.isArray(value)) return value.map((v, i) => walk(v, `${path}[${i}]`))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, path === '' ? k : `${path}.${k}`)]))
  }
  return { record: prune(walk(record, '')) as T, cleaned }
}
