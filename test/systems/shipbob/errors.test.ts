import * as fc from 'fast-check'
import { ConfigurationError, Failure, Refusal } from '../../../lib/core/failures.ts'
import type { HttpResponse } from '../../../lib/core/http.ts'
import { errorOf, readError, remainingOf, waitOf } from '../../../lib/systems/shipbob/errors.ts'
import { fixture } from './server.ts'

interface Case {
  name: string
  status: number
  content_type?: string
  headers?: Record<string, string>
  body?: unknown
  body_text?: string
}

const { cases } = fixture('rest/errors.json') as { cases: Case[] }

const responseOf = ({ status, content_type, headers, body, body_text }: Omit<Case, 'name'>): HttpResponse => ({
  status,
  headers: { ...headers, 'content-type': content_type ?? 'application/json' },
  body: Buffer.from(body_text ?? JSON.stringify(body)),
})
const named = (name: string) => responseOf(cases.find((one) => one.name === name) as Case)

const told: [string, string[]][] = [
  ['field map', ['expected_arrival_date: Arrival date must be in the future.']],
  ['field map with empty key (order duplicate)', ['Cannot insert order with existing ReferenceId']],
  ['product duplicate (1.0)', ['ReferenceId: Cannot insert duplicate reference id: COF-LR-340']],
  ['errors list (order 422 in dated versions)', ['Cannot insert order with existing ReferenceId']],
  ['problem details', ['Receiving order 1 was not found']],
  [
    'problem details with errors map',
    ['boxes[0].box_items[0].quantity: The field quantity must be between 1 and 2147483647.'],
  ],
  ['reason code (receiving, more than 10000 different SKUs)', ['Too many unique SKUs']],
  ['returns model', ['Validation failed', 'inventory id 21705365 is listed more than once']],
  ['action result wrapper (webhooks)', ['Url: The Url field is not a valid fully-qualified https URL.']],
  ['plain string', ['Bad Request']],
  ['empty body', []],
  ['gateway page', ['a web page in place of an answer']],
  ['rate limit', ['Rate limit is exceeded. Try again in 25 seconds.']],
  ['database error seen on order search', ['An unexpected database error occurred. Please try again later']],
  ['unavailable', []],
]

describe('an error answer', () => {
  test.each(told)('in the shape "%s" gives its own words', (name, messages) => {
    expect(readError(named(name)).messages).toEqual(messages)
  })

  test('of every known shape is tried', () => {
    expect(told.map(([name]) => name).sort()).toEqual(cases.map(({ name }) => name).sort())
  })

  test('that says something exists already is told apart, whatever status it has', () => {
    const found = cases.filter((one) => readError(responseOf(one)).duplicate).map(({ name }) => name)
    expect(found).toEqual([
      'field map with empty key (order duplicate)',
      'product duplicate (1.0)',
      'errors list (order 422 in dated versions)',
    ])
  })

  test("gives ShipBob's own code", () => {
    expect(readError(named('reason code (receiving, more than 10000 different SKUs)')).code).toBe(
      'WRO_UNIQUE_SKU_LIMIT_EXCEEDED',
    )
  })

  test('never makes its reader fail, and never shows a stack trace', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body_text) => {
        readError(responseOf({ status, body_text }))
      }),
      { numRuns: 300 },
    )
    const body = { message: 'No', stackTrace: 'at Secret.Place()' }
    expect(readError(responseOf({ status: 500, body })).messages).toEqual(['No'])
  })
})

describe('what an answer becomes', () => {
  const read = { what: 'GET /receiving', writes: false }
  const write = { what: 'POST /receiving', writes: true }

  test('400 and 422 are refusals alike, with every message', () => {
    const body = { a: ['one', 'two'], b: ['three'] }
    for (const status of [400, 422]) {
      const error = errorOf(responseOf({ status, body }), write, 0) as Refusal
      expect(error).toBeInstanceOf(Refusal)
      expect(error.problems.map((p) => p.message.split('"')[1])).toEqual(['a: one', 'a: two', 'b: three'])
    }
  })

  test('a duplicate has its own code', () => {
    expect(errorOf(named('product duplicate (1.0)'), write, 0)).toMatchObject({
      problems: [{ code: 'SHIPBOB_DUPLICATE' }],
    })
  })

  test('403 is a missing scope, or a proxy that blocks: one for a person, the other for later', () => {
    expect(errorOf(responseOf({ status: 403, body_text: '' }), read, 0)).toBeInstanceOf(ConfigurationError)
    expect(errorOf(named('gateway page'), read, 0)).toMatchObject({ class: 'transient', code: 'SHIPBOB_BLOCKED' })
  })

  test('5xx leaves open what a write did, and nothing of a read', () => {
    const lost = errorOf(named('unavailable'), write, 30_000) as Failure
    expect(lost).toMatchObject({ class: 'ambiguous', retryAfterMs: 30_000 })
    expect(errorOf(named('unavailable'), read, 0)).toMatchObject({ class: 'transient' })
  })

  test('401 is for a person', () => {
    expect(errorOf(named('empty body'), read, 0)).toBeInstanceOf(Failure)
    expect(errorOf(named('empty body'), read, 0)).toMatchObject({ class: 'unauthorised' })
  })
})

describe('how long to wait', () => {
  const { throttled } = fixture('rest/rate-limit.json') as { throttled: Case }
  const asking = (headers: Record<string, string>, body: unknown = {}) => responseOf({ status: 429, headers, body })

  test('comes from either header, else from the text, else is half a minute', () => {
    expect(waitOf(responseOf(throttled))).toBe(25_000)
    expect(waitOf(asking({ 'retry-after': '7' }))).toBe(7_000)
    expect(waitOf(asking({}, throttled.body))).toBe(25_000)
    expect(waitOf(asking({ 'x-retry-after': 'soon' }))).toBe(30_000)
  })

  test('what is left of the minute is read by either name', () => {
    expect(remainingOf(asking({ 'x-remaining-calls': '2' }))).toBe(2)
    expect(remainingOf(asking({ 'x-ratelimit-remaining': '14' }))).toBe(14)
    expect(remainingOf(asking({}))).toBeUndefined()
  })
})
