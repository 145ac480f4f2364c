/** Milliseconds of a rate() unit, singular. */
const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/**
 * When a schedule runs next, in epoch milliseconds after `after`: rate(5 minutes), cron(0 6 * * ? *) in UTC, or
 * at(2026-11-21T06:00:00). undefined where it never runs again. Throws for an expression that is none of these.
 */
export function nextRun(expression: string, after: number): number | undefined {
  const [, kind, body] = /^(rate|cron|at)\((.+)\)$/.exec(expression.trim()) ?? []
  if (kind === 'at') {
    const time = Date.parse(`${body}Z`)
    return time > after ? time : undefined
  }
  if (kind === 'rate') {
    const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(body ?? '') ?? []
    if (count && unit) return after + Number(count) * (units[unit] ?? 0)
  }
  const fields = kind === 'cron' ? (body ?? '').trim().split(/\s+/) : []
  if (fields.length !== 6) throw new Error(`${expression} is no schedule expression known here`)
  return nextCron(fields as [string, string, string, string, string, string], after)
}

function nextCron(
  [minute, hour, day, month, weekday, year]: [string, string, string, string, string, string],
  after: number,
) {
  const minutes = values(minute, 0, 59)
  const hours = values(hour, 0, 23)
  const ofMonth = values(day, 1, 31)
  const inYear = values(month, 1, 12, months, 1)
  // Numbered 1 to 7 from Sunday.
  const ofWeek = values(weekday, 1, 7, weekdays, 1)
  const years = values(year, 1970, 2199)
  const start = new Date(after)
  const firstDay = Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate())
  for (let n = 0; n < 366 * 8; n += 1) {
    const date = new Date(firstDay + n * (units.day ?? 0))
    if (!years.has(date.getUTCFullYear()) || !inYear.has(date.getUTCMonth() + 1)) continue
    if (!ofMonth.has(date.getUTCDate()) || !ofWeek.has(date.getUTCDay() + 1)) continue
    for (const h of hours)
      for (const m of minutes) {
        const time = date.getTime() + h * 3_600_000 + m * 60_000
        if (time > after) return time
      }
  }
  return undefined
}

/** The values of one cron field, ascending: "*", "?", "5", "1-5", "MON-FRI", "0/15", "1,15". */
function values(field: string, low: number, high: number, names: string[] = [], base = 0): Set<number> {
  const number = (text: string): number => {
    const named = names.indexOf(text.toUpperCase())
    const value = named >= 0 ? named + base : Number(text)
    if (!Number.isInteger(value) || value < low || value > high)
      throw new Error(`cron field ${field} is not known here`)
    return value
  }
  const found = new Set<number>()
  for (const part of field.split(',')) {
    const [range = '', step] = part.split('/')
    const [from, to] = range === '*' || range === '?' ? [low, high] : range.split('-').map(number)
    const first = from ?? low
    for (let v = first; v <= (to ?? (step ? high : first)); v += Number(step ?? 1)) found.add(v)
  }
  return new Set([...found].sort((a, b) => a - b))
}
