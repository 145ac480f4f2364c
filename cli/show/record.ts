import type { Json } from '../../lib/core/exchange.ts'

/**
 * A record for reading: one field a line, rows as a list, and an Acumatica value without its wrapping. The exact
 * record is in the --json form.
 */
export function recordText(value: Json | undefined, indent = ''): string {
  return linesOf(value)
    .map((line) => indent + line)
    .join('\n')
}

function linesOf(value: Json | undefined): string[] {
  const plain = unwrapped(value)
  if (plain === null || typeof plain !== 'object' || !isNested(plain)) return [textOf(plain)]
  if (Array.isArray(plain))
    return plain.flatMap((item) => {
      const [first = '', ...rest] = linesOf(item)
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)]
    })
  return Object.entries(plain).flatMap(([name, inner]) => {
    const lines = linesOf(inner)
    const nested = isNested(unwrapped(inner))
    return nested ? [`${name}:`, ...lines.map((line) => `  ${line}`)] : [`${name}: ${lines[0]}`]
  })
}

const isNested = (value: Json | undefined): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

function unwrapped(value: Json | undefined): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const names = Object.keys(value)
  return names.length === 1 && names[0] === 'value' ? value.value : value
}

const textOf = (value: Json | undefined): string => {
  if (value === undefined || value === null) return '(empty)'
  if (typeof value === 'object') return Array.isArray(value) ? '(none)' : '(empty)'
  return String(value).replaceAll('\n', ' ⏎ ')
}
