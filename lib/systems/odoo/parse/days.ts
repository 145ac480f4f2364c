const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(zone, made)
  return made
}

/** True where this is a zone the runtime knows ("America/Chicago"). */
export function isZone(zone: string): boolean {
  try {
    return formatOf(zone) !== undefined
  } catch {
    return false
  }
}

/**
 * The day of an Odoo date or date-time. Date-times are UTC without a zone (odoo.md §3.1): goods that leave Chicago in
 * the evening are there on the next day in UTC, and a ship date is the day it was where they left.
 * @returns YYYY-MM-DD, or undefined where it is neither
 */
export function dayIn(text: string, zone: string): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  const stamp = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(text)
  if (!stamp) return undefined
  const at = new Date(`${stamp[1]}T${stamp[2]}Z`)
  return Number.isNaN(at.getTime()) ? undefined : formatOf(zone).format(at)
}
