import type { Sections } from '../../../lib/systems/sps-commerce/rsx/structure.ts'

/**
 * A document read from XML as it would be in JSON: numbers and booleans where the structure has them, lists where it
 * repeats. JSON documents come out as they were.
 */
export function typed(section: Readonly<Record<string, unknown>>, structure: Sections): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(section).map(([name, value]) => {
      const field = structure[name]
      if (field?.kind === 'many') return [name, listOf(value).map((v) => typed(v, field.of()))]
      if (field?.kind === 'one') return [name, typed(value as Record<string, unknown>, field.of())]
      if (field?.kind === 'number' || field?.kind === 'integer') return [name, Number(value)]
      if (field?.kind === 'boolean') return [name, String(value) === 'true']
      return [name, value]
    }),
  )
}

const listOf = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : [value]) as Record<string, unknown>[]
