const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

interface Moment {
  /** Epoch milliseconds of the whole second. */
  second: number
  fraction: string
}

/** A date-time without a zone is UTC: all of ShipBob's are. Its server's "no date" (year 1) is none. */
function momentOf(text: string): Moment | undefined {
  const [, day, time = '00:00:00', fraction = '', zone = 'Z'] = pattern.exec(text.trim()) ?? []
  if (day === undefined) return undefined
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  const second = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${offset}`)
  return Number.isNaN(second) || second < 0 ? undefined : { second, fraction }
}

/**
 * A date-time so that text order is time order: UTC, seven fractional digits, "2026-09-11T14:32:10.4328299Z". ShipBob
 * writes up to seven of them, and either Z or an offset (shipbob.md §3.6). Undefined for what is no date.
 */
export function stampOf(text: string): string | undefined {
  const found = momentOf(text)
  if (!found) return undefined
  return `${new Date(found.second).toISOString().slice(0, 19)}.${found.fraction.padEnd(7, '0').slice(0, 7)}Z`
}

/** ISO date-time (UTC) to the millisecond. Undefined for what is no date. */
export function instantOf(text: string): string | undefined {
  const found = momentOf(text)
  if (!found) return undefined
  return new Date(found.second + Number(found.fraction.padEnd(3, '0').slice(0, 3))).toISOString()
}

/** The date as it is written: the expiry of a lot is a day, not an instant (shipbob.md §4.4). */
export const dayOf = (text: string): string | undefined =>
  momentOf(text) === undefined ? undefined : text.trim().slice(0, 10)
