/** A rule's event pattern: fields to lists of values or conditions, or nested fields. */
export type Pattern = { [field: string]: unknown }

/**
 * Whether an event matches a pattern, as the EventBridge user guide defines it ("Comparison operators"): every field
 * named must match one of its list; an event's list matches where one of its elements does.
 */
export function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or' && Array.isArray(wanted)) return wanted.some((p) => matches(p as Pattern, event))
    const value = (event as Record<string, unknown> | null | undefined)?.[field]
    if (!Array.isArray(wanted)) return typeof value === 'object' && value !== null && matches(wanted as Pattern, value)
    const values = Array.isArray(value) ? value : [value]
    return wanted.some((condition) => values.some((v) => meets(condition, v)))
  })
}

function meets(condition: unknown, value: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return condition === value
  const [operator, argument] = Object.entries(condition)[0] ?? []
  const test = operator === undefined ? undefined : operators[operator]
  if (!test) throw new Error(`the event pattern operator ${operator} is not known here`)
  return test(argument, value)
}

const text = (value: unknown, test: (value: string) => boolean): boolean => typeof value === 'string' && test(value)
const operators: Record<string, (argument: unknown, value: unknown) => boolean> = {
  exists: (argument, value) => (value !== undefined) === argument,
  prefix: (argument, value) => text(value, (v) => v.startsWith(String(argument))),
  suffix: (argument, value) => text(value, (v) => v.endsWith(String(argument))),
  'equals-ignore-case': (argument, value) => text(value, (v) => v.toLowerCase() === String(argument).toLowerCase()),
  wildcard: (argument, value) => text(value, (v) => wildcard(String(argument)).test(v)),
  'anything-but': (argument, value) =>
    value !== undefined && !(Array.isArray(argument) ? argument : [argument]).some((a) => meets(a, value)),
  numeric: (argument, value) => {
    const parts = argument as (string | number)[]
    const pairs = Array.from(
      { length: parts.length / 2 },
      (_, i) => [String(parts[2 * i]), Number(parts[2 * i + 1])] as const,
    )
    return typeof value === 'number' && pairs.every(([sign, limit]) => comparisons[sign]?.(value, limit) ?? false)
  },
}

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's')
