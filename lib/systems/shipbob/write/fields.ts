import type { Json } from '../../../core/exchange.ts'

/** A record of ShipBob as it came. Any field may be missing or null (shipbob.md §3.6). */
export type Fields = { readonly [field: string]: Json }

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsOf = (value: Json | undefined): Fields => (isFields(value) ? value : {})

export const listOf = (value: Json | undefined): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** Text; empty where there is none. */
export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/** An id of ShipBob's; undefined where it is none. */
export const idOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined

/** A count; 0 where there is none. */
export const countOf = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)
