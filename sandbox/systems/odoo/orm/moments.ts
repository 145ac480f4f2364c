import type { Environment } from './env.ts'
import { OdooError, PythonError } from './errors.ts'
import type { Value } from './model.ts'
import { isDay } from './values.ts'

/**
 * Comparing datetimes, the difference that decides how to poll (odoo.md §4.1): 18 compares microseconds and ignores a
 * zone, 19 compares whole seconds, drops a fraction and refuses a zone.
 */
export function compareMoments(
  env: Environment,
  operator: string,
  value: Value,
  valueAt: (id: number) => Value,
): (id: number) => boolean {
  if (value === false || value === null) return (id) => operator === '=' && valueAt(id) === false
  const wanted = env.version === 19 ? seconds19(env, operator, String(value)) : micros18(operator, String(value))
  const cut = env.version === 19 ? 19 : 26
  return (id) => {
    const found = valueAt(id)
    if (typeof found !== 'string') return false
    const own = found.length < cut ? found.padEnd(26, '.000000') : found.slice(0, cut)
    if (operator === '=') return own === wanted
    if (operator === '<') return own < wanted
    if (operator === '<=') return own <= wanted
    if (operator === '>') return own > wanted
    return own >= wanted
  }
}

/** A bare date is the whole day: after it means after its last second. */
const ofDay = (operator: string, day: string) =>
  `${day} ${operator === '>' || operator === '<=' ? '23:59:59' : '00:00:00'}`

function micros18(operator: string, value: string): string {
  if (isDay(value)) return `${ofDay(operator, value)}.000000`
  const [, day, time, fraction = ''] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?/.exec(value) ?? []
  if (!day || !time)
    throw new OdooError(
      'psycopg2.errors.InvalidDatetimeFormat',
      `invalid input syntax for type timestamp: "${value}"\nLINE 1: ... > '${value}' ...\n`,
    )
  return `${day} ${time}.${fraction.padEnd(6, '0')}`
}

function seconds19(env: Environment, operator: string, value: string): string {
  if (isDay(value)) return ofDay(operator, value)
  if (value === 'now') return env.now()
  if (value === 'today') return `${env.today()} 00:00:00`
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,6})?(Z|[+-]\d\d:?\d\d)?$/.exec(value) ?? []
  if (!day || !time) throw new PythonError('ValueError', `Invalid term '${value}' in expression date: '${value}'`)
  if (zone) throw new PythonError('ValueError', `expecting only datetimes with no timezone: '${value}'`)
  return `${day} ${time}`
}
