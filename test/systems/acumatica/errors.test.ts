import type { HttpResponse } from '../../../lib/core/http.ts'
import { fieldErrors, judge } from '../../../lib/systems/acumatica/errors.ts'
import type { ApiRecord } from '../../../lib/systems/acumatica/records.ts'
import { answer } from './fixtures.ts'

const response = (status: number, body: unknown = null, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
})
const recorded = (name: string) => {
  const { status, headers, body } = answer(name)
  return response(status, body, headers)
}
const read = { what: 'GET SalesOrder', writes: false }
const write = { what: 'PUT SalesOrder', writes: true }
const verdict = (given: HttpResponse, asked: typeof read): unknown => {
  const found = judge(given, asked)
  if (found.kind !== 'fault') return found.kind
  const error = found.error as Error & { class?: string; problems?: { code: string }[] }
  return error.class ?? `${error.name} ${error.problems?.[0]?.code}`
}

describe('a recorded answer', () => {
  it.each([
    ['error-400', 'ConfigurationError ACUMATICA_REQUEST_INVALID', 'Refusal ACUMATICA_REQUEST_INVALID'],
    ['error-401', 'unauthorised', 'unauthorised'],
    ['error-403', 'ConfigurationError ACUMATICA_FORBIDDEN', 'ConfigurationError ACUMATICA_FORBIDDEN'],
    ['error-404-wrong-version', 'not-found', 'not-found'],
    ['error-404-unknown-action', 'not-found', 'not-found'],
    ['error-409-long-operation', 'transient', 'transient'],
    ['error-412-if-none-match', 'precondition-failed', 'precondition-failed'],
    ['error-422-sales-order', 'Refusal ACUMATICA_FIELD_REFUSED', 'Refusal ACUMATICA_FIELD_REFUSED'],
    ['error-429', 'declined', 'declined'],
    ['error-500-api-login-limit', 'declined', 'declined'],
    ['error-500-no-entity', 'no-record', 'no-record'],
    [
      'error-500-optimization',
      'ConfigurationError ACUMATICA_NOT_OPTIMIZED',
      'ConfigurationError ACUMATICA_NOT_OPTIMIZED',
    ],
  ])('%s is %s on a read and %s on a write', (name, onRead, onWrite) => {
    expect(verdict(recorded(name), read)).toBe(onRead)
    expect(verdict(recorded(name), write)).toBe(onWrite)
  })
})

describe('a status', () => {
  it.each([500, 502, 503, 504])('%i may be repeated on a read and says nothing about a write', (status) => {
    expect(verdict(response(status, '<html>'), read)).toBe('transient')
    expect(verdict(response(status, '<html>'), write)).toBe('ambiguous')
  })

  it('302 means the address is wrong, since no redirect is followed', () => {
    expect(verdict(response(302), read)).toBe('ConfigurationError ACUMATICA_ENDPOINT')
  })

  it('429 keeps the time the server names, in seconds or as a date', () => {
    expect(judge(response(429, null, { 'retry-after': '12' }), read)).toMatchObject({ retryAfterMs: 12_000 })
    const date = { date: 'Mon, 05 Oct 2026 11:20:00 GMT', 'retry-after': 'Mon, 05 Oct 2026 11:20:30 GMT' }
    expect(judge(response(429, null, date), read)).toMatchObject({ retryAfterMs: 30_000 })
    expect(judge(response(429), read)).toMatchObject({ retryAfterMs: undefined })
  })

  it('403 names the screen', () => {
    expect(judge(recorded('error-403'), read)).toMatchObject({
      error: { message: expect.stringContaining('SO302000') },
    })
  })
})

describe('what Acumatica says', () => {
  it('of a refused order is collected from every level, in its own words', () => {
    expect(fieldErrors(answer('error-422-sales-order').body as ApiRecord)).toEqual([
      {
        code: 'ACUMATICA_FIELD_REFUSED',
        message: `CustomerID "HARBORPIN": 'Customer' cannot be found in the system.`,
        path: 'CustomerID',
      },
      {
        code: 'ACUMATICA_FIELD_REFUSED',
        message: `Details[1].InventoryID "771209": 'Inventory ID' cannot be found in the system.`,
        path: 'Details[1].InventoryID',
      },
      {
        code: 'ACUMATICA_FIELD_REFUSED',
        message: 'Details[2].UOM "CS": Unit conversion is missing.',
        path: 'Details[2].UOM',
      },
    ])
  })

  it('of a row, a linked entity or the record itself is kept where no field says more', () => {
    expect(
      fieldErrors({
        error: 'Review the errors.',
        Details: [{ error: 'The line cannot be deleted.' }],
        ShipToAddress: { id: 'x', error: 'The address is not valid.' },
      }).map((p) => [p.path, p.message]),
    ).toEqual([
      ['Details[0]', 'Details[0]: The line cannot be deleted.'],
      ['ShipToAddress', 'ShipToAddress: The address is not valid.'],
    ])
    expect(fieldErrors({ error: 'The order type is not active.' })).toEqual([
      { code: 'ACUMATICA_FIELD_REFUSED', message: 'The order type is not active.' },
    ])
  })

  it('never brings its stack trace along', () => {
    const fault = judge(
      response(500, {
        exceptionType: 'PX.Data.PXException',
        exceptionMessage: 'Another process has updated the record.',
        stackTrace: '   at Secret.Customer.Data()',
        innerException: { exceptionMessage: 'Lock.', stackTrace: 'at Secret' },
      }),
      write,
    )
    expect(fault).toMatchObject({
      error: { message: 'PUT SalesOrder: Acumatica answered 500 "Another process has updated the record. Lock."' },
    })
    expect(JSON.stringify(fault)).not.toContain('Secret')
  })
})
