/** Moments as ShipBob writes them: it has several ways (shipbob.md §3.6). Times are epoch milliseconds. */

/** "2026-09-12T10:00:00+00:00", with a fraction where there is one. */
export const offset = (time: number): string =>
  new Date(time).toISOString().replace('.000Z', 'Z').replace('Z', '+00:00')

/** "2026-09-12T18:40:02.1177000+00:00": seven fractional digits. */
export const fine = (time: number): string => new Date(time).toISOString().replace('Z', '0000+00:00')

/** "2026-09-12T18:40:00Z". */
export const utc = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

/** "2026-09-13". */
export const day = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** null stays null. */
export const maybe = (write: (time: number) => string, time: number | undefined): string | null =>
  time === undefined ? null : write(time)

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
