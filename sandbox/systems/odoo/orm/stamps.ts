/** Microseconds since 1970 as PostgreSQL keeps them: 'YYYY-MM-DD HH:MM:SS.ffffff' (text order is time order). */
export function stamp(micros: number): string {
  const text = new Date(Math.floor(micros / 1000)).toISOString()
  return `${text.slice(0, 10)} ${text.slice(11, 19)}.${String(micros % 1_000_000).padStart(6, '0')}`
}

/** Whole seconds, as Odoo returns and keeps every other datetime. */
export const seconds = (stamped: string): string => stamped.slice(0, 19)
