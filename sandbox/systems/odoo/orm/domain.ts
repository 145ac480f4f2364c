import type { Environment } from './env.ts'
import { PythonError } from './errors.ts'
import { leafTest } from './leaf.ts'
import type { Domain, Value, Version } from './model.ts'

export type Test = (id: number) => boolean

/** A domain as a test of one record (odoo.md §3.2). Throws what Odoo throws for a domain it cannot read. */
export function compile(env: Environment, model: string, domain: Domain): Test {
  if (!Array.isArray(domain)) throw malformed(env.version, domain)
  const stack: Test[] = []
  for (const item of [...domain].reverse()) {
    if (item === '!') {
      const [a] = pop(stack, 1, env.version, domain)
      stack.push((id) => !a?.(id))
    } else if (item === '&' || item === '|') {
      const [a, b] = pop(stack, 2, env.version, domain) as [Test, Test]
      stack.push(item === '&' ? (id) => a(id) && b(id) : (id) => a(id) || b(id))
    } else if (Array.isArray(item) && item.length === 3) stack.push(leafTest(env, model, item))
    else throw badItem(env.version, item)
  }
  if (stack.length === 1) return stack[0] as Test
  return (id) => stack.every((test) => test(id))
}

function pop(stack: Test[], count: number, version: Version, domain: Domain): Test[] {
  if (stack.length < count) throw malformed(version, domain)
  return Array.from({ length: count }, () => stack.pop() as Test)
}

const malformed = (version: Version, domain: Value) =>
  new PythonError(
    'ValueError',
    version === 19
      ? `Domain() malformed domain ${repr(domain)}`
      : `Domain ${repr(domain)} is syntactically not correct.`,
  )

const badItem = (version: Version, item: Value) =>
  version === 19
    ? new PythonError('ValueError', `Domain() invalid item in domain: ${repr(item)}`)
    : new PythonError('IndexError', 'string index out of range')

/** As Python prints a value. */
export function repr(value: Value, tuple = false): string {
  if (typeof value === 'string') return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value}'`
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (value === null) return 'None'
  if (Array.isArray(value)) {
    const items = value.map((item) => repr(item)).join(', ')
    return tuple ? `(${items})` : `[${items}]`
  }
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([k, v]) => `${repr(k)}: ${repr(v)}`)
      .join(', ')}}`
  return String(value)
}

/** Names of fields a domain looks at, first steps of paths. */
export function fieldsOf(domain: Domain): Set<string> {
  return new Set(
    domain.flatMap((item) => (Array.isArray(item) && typeof item[0] === 'string' ? [item[0].split('.')[0] ?? ''] : [])),
  )
}

/** Leaves that every record has to meet: those outside of any "or" and "not". */
export function required(domain: Domain): Value[][] {
  if (domain.some((item) => item === '|' || item === '!')) return []
  return domain.filter((item): item is Value[] => Array.isArray(item))
}
