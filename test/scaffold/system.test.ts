import type { Write } from '../../lib/core/exchange.ts'
import { Failure } from '../../lib/core/failures.ts'
import type { HttpRequest, HttpResponse } from '../../lib/core/http.ts'
import { documentsOf } from '../../scaffold/system/preview.ts'
import { createReader } from '../../scaffold/system/reader.ts'
import { settings } from '../../scaffold/system/settings.ts'
import { createWriter } from '../../scaffold/system/writer.ts'
import { memoryConnection } from '../support/connection.ts'

type Answer = (request: HttpRequest) => { status?: number; body: unknown; lost?: boolean }

/** A connection whose answers the test makes. Against a simulated system instead, once there is one in sandbox/. */
function connection(answer: Answer, wanted: string[] = []) {
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const { status = 200, body, lost } = answer(request)
    if (lost) throw new Failure('ambiguous', 'ANSWER_LOST', 'the answer was lost')
    return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) }
  }
  const own = settings.parse({ baseUrl: 'https://example.test' })
  return memoryConnection(own, { apiKey: 'key' }, { wanted, http: { send } })
}

const mug = { id: '7', sku: 'MUG', name: 'Mug', active: true, updated_at: '2026-10-05T08:00:00Z' }
const write: Write = { connection: 'test', operation: 'create-record', reference: 'product:7', record: { name: 'Mug' } }
const context = { documentId: 'd', correlationId: 'c', mayHaveWritten: false, deadline: Number.POSITIVE_INFINITY }

describe('reading Example', () => {
  it('goes on after the page that was stored, and reads the last one again', async () => {
    const reader = createReader(
      connection(
        ({ url }) => ({ body: { records: [mug], next: url.includes('from=') ? null : 'page-2' } }),
        ['product'],
      ),
    )
    const first = await reader.readPage('records', undefined)
    const second = await reader.readPage('records', first.cursor)
    expect([first.more, second.more]).toEqual([true, false])
    expect(second.cursor).toEqual(first.cursor)
  })

  it('gives the same documents as a preview of the same records', async () => {
    const reader = createReader(connection(() => ({ body: { records: [mug], next: null } }), ['product']))
    const { documents } = await reader.readPage('records', undefined)
    expect(documentsOf(['product'], [mug])).toEqual(documents.map((one) => ({ ...one, arrival: '0' })))
  })

  it('takes a record that it cannot understand as a document', async () => {
    const reader = createReader(connection(() => ({ body: { records: [{ id: '8' }], next: null } }), ['product']))
    expect((await reader.readPage('records', undefined)).documents).toMatchObject([{ type: 'product', key: '8' }])
  })
})

describe('writing to Example', () => {
  it('makes one record, also where the answer to the write was lost', async () => {
    const records: object[] = []
    const writer = createWriter(
      connection(({ method }) => {
        if (method === 'GET') return { body: { records } }
        records.push({ id: '7', number: 'R-7' })
        return { body: {}, lost: true }
      }),
    )
    await expect(writer.write(write, context)).rejects.toMatchObject({ class: 'ambiguous' })
    await expect(writer.write(write, { ...context, mayHaveWritten: true })).resolves.toMatchObject({
      outcome: 'delivered',
      targetNumbers: ['R-7'],
      adopted: true,
    })
    expect(records).toHaveLength(1)
  })

  it('passes on the words of a refusal', async () => {
    const writer = createWriter(
      connection(({ method }) =>
        method === 'GET' ? { body: { records: [] } } : { status: 422, body: { error: 'no name' } },
      ),
    )
    const outcome = await writer.write(write, context)
    expect(outcome).toMatchObject({ outcome: 'rejected', problems: [{ code: 'EXAMPLE_REFUSED' }] })
    expect(JSON.stringify(outcome)).toContain('no name')
  })

  it('slows every worker down after a 429, and stops at a key that is refused', async () => {
    const slowed = connection(() => ({ status: 429, body: {} }))
    await expect(createWriter(slowed).write(write, context)).rejects.toMatchObject({ class: 'rate-limited' })
    expect(slowed.stored.pausedUntil).toBeGreaterThan(0)
    const refused = createWriter(connection(() => ({ status: 401, body: {} })))
    await expect(refused.write(write, context)).rejects.toMatchObject({ class: 'unauthorised' })
  })
})
