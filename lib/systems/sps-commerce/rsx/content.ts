import { contentHash } from '../../../core/hash.ts'
import type { Section } from './clean.ts'

/**
 * Hash of what a document says, without Meta: equal for its JSON and its XML form, for a single object and a list
 * of one, for 24, "24" and "24.00". Fields in another order are equal; lines in another order are not.
 */
export function rsxHash(document: Section): string {
  const { Meta: _, ...content } = document
  return contentHash(normalise(content))
}

function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? normalise(value[0]) : value.map(normalise)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, normalise(v)]))
  const text = String(value)
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text
}
