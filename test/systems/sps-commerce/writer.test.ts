import type { WriteOutcome } from '../../../lib/core/exchange.ts'
import { Failure } from '../../../lib/core/failures.ts'
import { createWriter } from '../../../lib/systems/sps-commerce/writer.ts'
import { attempt, fixture, type SpsSandbox, shipNotice, startSps, styles } from './support.ts'

let sps: SpsSandbox
afterEach(() => sps.close())
const begin = async (...parameters: Parameters<typeof startSps>) => {
  const started = await startSps(...parameters)
  sps = started.sps
  return { ...started, writer: createWriter(started.connection) }
}
const again = attempt({ mayHaveWritten: true })
const delivered = (outcome: WriteOutcome) => {
  if (outcome.outcome !== 'delivered') throw new Error(JSON.stringify(outcome.problems))
  return outcome
}

describe.each(styles)('%s', (style) => {
  it('an acknowledgement, a ship notice and an invoice arrive as they were written', async () => {
    const { writer } = await begin(style)
    const writes = [
      { operation: 'send-acknowledgement', reference: 'PR4500187734', record: fixture('ack-855.json') },
      { operation: 'send-ship-notice', reference: 'SHJS-SHP-0031877', record: fixture('shipment-856.json') },
      { operation: 'send-invoice', reference: 'INInvoice-INV-104482', record: fixture('invoice-810.json') },
    ]
    const outcomes = []
    for (const write of writes) outcomes.push(delivered(await writer.write({ connection: 'sps', ...write }, attempt())))
    expect(outcomes.map((o) => o.targetNumbers)).toEqual([['SO-20931-A1'], ['JS-SHP-0031877'], ['INV-104482']])
    expect(outcomes.map((o) => o.adopted)).toEqual([false, false, false])
    expect(sps.received().map((r) => [r.type, r.number, r.count])).toEqual([
      ['acknowledgement', '4500187734', 1],
      ['ship-notice', 'JS-SHP-0031877', 1],
      ['invoice', 'INV-104482', 1],
    ])
    expect(sps.received().map((r) => r.document)).toEqual(writes.map((w) => w.record))
  })

  it.each(['drop-after', 'truncate'] as const)(
    'an answer lost (%s) after SPS took the document does not make a second one',
    async (kind) => {
      const { writer } = await begin(style)
      sps.faults.add({ match: { method: 'POST', path: /shipments|transactions/ }, times: 1, fault: { kind } })
      await expect(writer.write(shipNotice(), attempt())).rejects.toMatchObject({ class: 'ambiguous' })
      sps.takeUploads()
      delivered(await writer.write(shipNotice(), again))
      expect(sps.received().map((r) => r.count)).toEqual([1])
    },
  )

  it('a fault before SPS had it: the next attempt sends it', async () => {
    const { writer } = await begin(style)
    sps.faults.add({
      match: { method: 'POST', path: /shipments|transactions/ },
      times: 1,
      fault: { kind: 'drop-before' },
    })
    await expect(writer.write(shipNotice(), attempt())).rejects.toBeInstanceOf(Failure)
    expect(delivered(await writer.write(shipNotice(), again)).adopted).toBe(false)
    expect(sps.received().map((r) => r.count)).toEqual([1])
  })

  it('an invalid document is held, never sent, every problem named', async () => {
    const { writer } = await begin(style)
    const record = fixture('shipment-856.json')
    record.OrderLevel[0].PackLevel[0].Pack.ShippingSerialID = '00006141410003187704'
    record.Header.ShipmentHeader.Extra = 'x'
    const outcome = await writer.write(shipNotice({ record }), attempt())
    expect(outcome).toMatchObject({ outcome: 'held' })
    expect(outcome.outcome === 'held' && outcome.problems.map((p) => p.code)).toEqual([
      'SPS_DOCUMENT_INVALID',
      'SPS_SSCC_INVALID',
    ])
    expect(sps.requests).toEqual([])
  })

  it('characters XML cannot hold are left out with a warning, everything else arrives', async () => {
    const { writer } = await begin(style)
    const record = fixture('invoice-810.json')
    record.Header.Notes = [{ NoteCode: 'GEN', Note: 'Größe <7> & "Ø"\u0007 漢字 😀' }]
    const write = { connection: 'sps', operation: 'send-invoice', reference: 'INInvoice-1', record }
    expect(delivered(await writer.write(write, attempt())).warnings).toEqual([
      { code: 'SPS_TEXT_CLEANED', message: expect.any(String), path: 'Header.Notes[0].Note' },
    ])
    expect(sps.received()[0]?.document).toMatchObject({ Header: { Notes: [{ Note: 'Größe <7> & "Ø" 漢字 😀' }] } })
  })

  it('what SPS is not sent is refused before it is asked', async () => {
    const { writer } = await begin(style)
    const order = { connection: 'sps', operation: 'send-order', reference: 'PO1', record: fixture('order-850.json') }
    expect(await writer.write(order, attempt())).toMatchObject({
      outcome: 'rejected',
      problems: [{ code: 'SPS_OPERATION_NOT_OFFERED' }],
    })
    expect(sps.requests).toEqual([])
  })

  it('what SPS refuses is rejected, with its words and fields', async () => {
    const { writer } = await begin(style)
    sps.faults.add({
      match: { method: 'POST', path: /shipments|transactions/ },
      fault: { kind: 'status', status: 422, body: fixture('http/problem-400.json') },
    })
    expect(await writer.write(shipNotice(), attempt())).toEqual({
      outcome: 'rejected',
      problems: [
        {
          code: 'SPS_REFUSED',
          message: "'Header.ShipmentHeader.ShipmentIdentification' is required.",
          path: 'Header.ShipmentHeader.ShipmentIdentification',
        },
      ],
    })
  })

  it('a long pause is given back to the queue', async () => {
    const { writer } = await begin(style)
    sps.faults.add({
      match: { method: 'POST', path: /shipments|transactions/ },
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '90' } },
    })
    await expect(writer.write(shipNotice(), attempt())).rejects.toMatchObject({
      class: 'rate-limited',
      retryAfterMs: 90_000,
    })
  })
})

describe('fulfillment', () => {
  it('a conflict at a repeat means that SPS has it; at a first attempt it is a refusal', async () => {
    const { writer } = await begin('fulfillment')
    delivered(await writer.write(shipNotice(), attempt()))
    const changed = shipNotice()
    changed.record.Summary = { TotalOrders: 2 }
    expect(await writer.write(changed, attempt())).toMatchObject({ outcome: 'rejected' })
    expect(delivered(await writer.write(changed, again))).toMatchObject({
      adopted: true,
      warnings: [{ code: 'SPS_ALREADY_SENT' }],
    })
    expect(sps.received().map((r) => r.count)).toEqual([1])
  })

  it('XML is posted where the settings say so', async () => {
    const { writer } = await begin('fulfillment', { format: 'xml' })
    delivered(await writer.write(shipNotice(), attempt()))
    expect(sps.received()[0]?.document).toEqual(fixture('shipment-856.json'))
  })
})

describe('transactions', () => {
  it('the upload has a name made of the reference', async () => {
    const { writer } = await begin('transactions')
    expect(delivered(await writer.write(shipNotice(), attempt())).targetId).toBe('/in/SHJS-SHP-0031877.xml')
    expect(sps.files()).toEqual(['in/SHJS-SHP-0031877.xml'])
  })

  it('an upload that still waits in the directory is found there', async () => {
    const { writer } = await begin('transactions')
    delivered(await writer.write(shipNotice(), attempt()))
    const outcome = delivered(await writer.write(shipNotice(), again))
    expect(outcome).toMatchObject({ adopted: true, targetId: '/in/SHJS-SHP-0031877.xml' })
    expect(sps.requests.filter((r) => r.method === 'POST' && r.path.includes('/in/'))).toHaveLength(1)
  })

  it('an upload that SPS has taken and deleted is found in the history, also behind many others', async () => {
    const { writer, connect } = await begin('transactions', { pageSize: 3 })
    delivered(await writer.write(shipNotice(), attempt()))
    for (let n = 1; n <= 8; n += 1) {
      const record = fixture('shipment-856.json')
      record.Header.ShipmentHeader.ShipmentIdentification = `S${n}`
      delivered(await writer.write(shipNotice({ reference: `SHS${n}`, record }), attempt()))
    }
    sps.takeUploads()
    const outcome = await createWriter(connect({ format: 'json' })).write(shipNotice(), again)
    expect(delivered(outcome)).toMatchObject({ adopted: true, targetId: '/in/SHJS-SHP-0031877.xml' })
    expect(sps.received().every((r) => r.count === 1)).toBe(true)
  })

  it('a lost answer is followed up only after the history has caught up', async () => {
    const { writer, clock } = await begin('transactions', {}, { historyLagMs: 300_000 })
    sps.faults.add({ match: { method: 'POST', path: /transactions/ }, times: 1, fault: { kind: 'drop-after' } })
    const error = (await writer.write(shipNotice(), attempt()).catch((e: unknown) => e)) as Failure
    expect(error.retryAfterMs).toBeGreaterThan(300_000)
    sps.takeUploads()
    clock.advance(error.retryAfterMs ?? 0)
    expect(delivered(await writer.write(shipNotice(), again)).adopted).toBe(true)
    expect(sps.received().map((r) => r.count)).toEqual([1])
  })

  it('a history that leads in a circle does not make a second document', async () => {
    const { writer } = await begin('transactions')
    const url = `${sps.url}/transactions/v5/history?limit=100&offset=0`
    const body = { results: [], paging: { next: { url } } }
    sps.faults.add({ match: { path: /history/ }, fault: { kind: 'status', status: 200, body } })
    await expect(writer.write(shipNotice(), again)).rejects.toMatchObject({ class: 'ambiguous' })
    expect(sps.received()).toEqual([])
  })

  it('the history at another host is not asked', async () => {
    const { writer } = await begin('transactions')
    const body = { results: [], paging: { next: { url: 'http://elsewhere.invalid/steal?offset=100' } } }
    sps.faults.add({ match: { path: /history/ }, times: 1, fault: { kind: 'status', status: 200, body } })
    expect(delivered(await writer.write(shipNotice(), again)).adopted).toBe(false)
    expect(sps.requests.filter((r) => r.path.includes('history'))).toHaveLength(2)
  })

  it('an error in a good answer is a refusal', async () => {
    const { writer } = await begin('transactions')
    const body = { path: '/in/x', status: 'error', error: { error: 'requestError', errorDescription: 'virus' } }
    sps.faults.add({ match: { method: 'POST', path: /transactions/ }, fault: { kind: 'status', status: 201, body } })
    expect(await writer.write(shipNotice(), attempt())).toEqual({
      outcome: 'rejected',
      problems: [{ code: 'SPS_REFUSED', message: 'requestError: virus' }],
    })
  })

  it('a directory that is not enabled holds the document and says what the account has', async () => {
    const { writer } = await begin('transactions', {}, { directories: ['testin/', 'testout/'] })
    expect(await writer.write(shipNotice(), attempt())).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SPS_DIRECTORY_NOT_FOUND', message: expect.stringContaining('testin/, testout/') }],
    })
  })
})
