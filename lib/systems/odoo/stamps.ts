import type { Json } from '../../core/exchange.ts'

/** "2026-11-21 02:17:28" (UTC, whole seconds) as ISO text; anything else as it is. */
export const isoStamp = (stamp: Json | undefined): string => {
  const text = typeof stamp === 'string' ? stamp.slice(0, 19) : ''
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text
}

/** A stock report's own number: warehouse and moment, sorts by time. */
export const stockNumber = (place: string, at: string): string => `${place}-${at.replace(/\D/g, '').slice(0, 14)}`
