import { matches } from '../../../sandbox/aws/events/pattern.ts'
import { nextRun } from '../../../sandbox/aws/scheduler/expression.ts'

describe('an event pattern', () => {
  const event = {
    source: 'ml-connector',
    'detail-type': 'DocumentsHeld',
    detail: { stage: 'prod', count: 7, codes: ['A', 'B'], connection: { name: 'sps-eu' } },
  }
  it.each([
    [{ source: ['ml-connector'] }, true],
    [{ source: ['other'] }, false],
    [{ 'detail-type': ['DocumentsHeld', 'DocumentsFailed'], detail: { stage: ['prod'] } }, true],
    [{ detail: { codes: ['B'] } }, true],
    [{ detail: { codes: ['C'] } }, false],
    [{ detail: { connection: { name: [{ prefix: 'sps' }] } } }, true],
    [{ detail: { connection: { name: [{ suffix: 'us' }] } } }, false],
    [{ detail: { connection: { name: [{ wildcard: 's*-e?' }] } } }, false],
    [{ detail: { connection: { name: [{ wildcard: 's*-e*' }] } } }, true],
    [{ detail: { stage: [{ 'anything-but': ['dev', 'test'] }] } }, true],
    [{ detail: { stage: [{ 'anything-but': { prefix: 'pr' } }] } }, false],
    [{ detail: { stage: [{ 'equals-ignore-case': 'PROD' }] } }, true],
    [{ detail: { count: [{ numeric: ['>', 5, '<=', 7] }] } }, true],
    [{ detail: { count: [{ numeric: ['<', 7] }] } }, false],
    [{ detail: { missing: [{ exists: false }] } }, true],
    [{ detail: { stage: [{ exists: false }] } }, false],
    [{ $or: [{ source: ['x'] }, { detail: { count: [7] } }] }, true],
  ])('%j → %s', (pattern, expected) => expect(matches(pattern, event)).toBe(expected))
})

describe('a schedule expression', () => {
  const after = Date.parse('2026-11-21T06:07:30Z')
  it.each([
    ['rate(5 minutes)', '2026-11-21T06:12:30.000Z'],
    ['rate(1 hour)', '2026-11-21T07:07:30.000Z'],
    ['at(2026-12-01T00:00:00)', '2026-12-01T00:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-11-21T06:15:00.000Z'],
    ['cron(0 6 * * ? *)', '2026-11-22T06:00:00.000Z'],
    ['cron(30 8 ? * MON-FRI *)', '2026-11-23T08:30:00.000Z'],
    ['cron(0 0 1 JAN ? 2028)', '2028-01-01T00:00:00.000Z'],
  ])('%s', (expression, next) => expect(new Date(nextRun(expression, after) ?? 0).toISOString()).toBe(next))

  it('may be over', () => expect(nextRun('at(2020-01-01T00:00:00)', after)).toBeUndefined())
  it('is refused where it is none', () => {
    expect(() => nextRun('every day', after)).toThrow('every day is no schedule expression')
    expect(() => nextRun('cron(61 * * * ? *)', after)).toThrow('cron field 61')
  })
})
