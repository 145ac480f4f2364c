import type { Domain, Value, Values } from '../model.ts'

/** Arguments as the method needs them: what was left out, or given as False, falls back. */
export const domainOf = (args: Values): Domain => (Array.isArray(args.domain) ? args.domain : [])
export const names = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(String) : [])
export const number = (value: Value | undefined): number | undefined => (typeof value === 'number' ? value : undefined)
export const text = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
export const searchOptions = (args: Values) => ({
  order: text(args.order) || undefined,
  limit: number(args.limit),
  offset: number(args.offset),
})
