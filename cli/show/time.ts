import { WrongUse } from '../exit.ts'

/** An ISO date-time for reading: "2026-03-02 09:15:04", UTC like everything in the ledger. */
export const timeText = (iso: string): string => iso.slice(0, 19).replace('T', ' ')

/** A time as the ledger writes it. A date alone is its first moment, UTC. */
export function instant(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new WrongUse(`${option} ${text} is no time; write 2026-03-02 or 2026-03-02T09:00:00Z`)
  return new Date(time).toISOString()
}
