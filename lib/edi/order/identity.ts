import { sha256 } from '../../core/hash.ts'

/** What makes an order the same order: a number is unique only within a trading partner, sometimes only with release. */
export interface OrderIdentity {
  tradingPartner: string
  number: string
  release?: string | undefined
}

/** The natural key of an 850, as the reader writes it: parts with "/" between them, a part's own "/" escaped. */
export const orderKey = ({ tradingPartner, number, release }: OrderIdentity): string =>
  [tradingPartner, number, release ?? ''].map((p) => p.replaceAll('%', '%25').replaceAll('/', '%2F')).join('/')

export const sameOrder = (a: OrderIdentity, b: OrderIdentity): boolean => orderKey(a) === orderKey(b)

/** ExternalRef of the ERP is taken to hold 40 characters (acumatica.md §6). */
const longest = 40

/**
 * Our key in the ERP: "SPS:3F1HARBORPINE:4500187734", with ":<release>" where there is one and "#<store>" on an
 * order of one store. What would be too long or could not be read back becomes "SPS:" and a hash.
 */
export function externalRef({ tradingPartner, number, release }: OrderIdentity, store?: string): string {
  const parts = [tradingPartner, number, ...(release === undefined ? [] : [release])]
  const readable = `SPS:${parts.join(':')}${store === undefined ? '' : `#${store}`}`
  const unclear = [...parts, store ?? ''].some((part) => /[:#]/.test(part))
  return readable.length <= longest && !unclear
    ? readable
    : `SPS:${sha256(JSON.stringify([...parts, store ?? null]), longest - 4)}`
}

/** True for a reference this integration wrote. */
export const isOurs = (reference: string | undefined): boolean => reference?.startsWith('SPS:') ?? false

/** What a reference says; a hashed one says only that it is ours. */
export function readExternalRef(reference: string): (OrderIdentity & { store?: string }) | undefined {
  const match = /^SPS:([^:#]+):([^:#]+)(?::([^:#]+))?(?:#(.+))?$/.exec(reference)
  const [, tradingPartner, number, release, store] = match ?? []
  if (tradingPartner === undefined || number === undefined) return undefined
  return { tradingPartner, number, ...(release ? { release } : {}), ...(store ? { store } : {}) }
}

/** A part of an upload's name: what a path could not hold becomes a hyphen, and a hash keeps it unique. */
export function nameSafe(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9._-]+/g, '-')
  return safe === text ? text : `${safe}-${sha256(text, 8)}`
}
