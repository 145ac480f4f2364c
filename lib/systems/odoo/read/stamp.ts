/**
 * Odoo's date-times are text in UTC, whole seconds, without a zone: "2026-11-21 02:32:10". A `T`, a zone or a fraction
 * is refused, ignored or dropped depending on the version (odoo.md §4.1).
 */
export type Stamp = string

export const toStamp = (ms: number): Stamp => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

/** Epoch milliseconds. */
export const fromStamp = (stamp: Stamp): number => Date.parse(`${stamp.replace(' ', 'T')}Z`)

export const shift = (stamp: Stamp, ms: number): Stamp => toStamp(fromStamp(stamp) + ms)
export const earlier = (a: Stamp, b: Stamp): Stamp => (a < b ? a : b)

export const minuteMs = 60_000
export const dayMs = 86_400_000
