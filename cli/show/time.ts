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

/** How long ago a time was, in the two largest units: "3 min ago", "2 d 4 h ago"; "never" where there is none. */
export function ageText(iso: string | undefined, now: number): string {
  if (iso === undefined) return 'never'
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000))
  if (seconds < 60) return `${seconds} s ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ${minutes % 60} min ago` : `${Math.floor(hours / 24)} d ${hours % 24} h ago`
}
