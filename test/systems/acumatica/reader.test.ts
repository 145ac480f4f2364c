import type { Bundle } from '../../../lib/systems/acumatica/bundle.ts'
import { parse } from '../../../lib/systems/acumatica/parse.ts'
import { createReader } from '../../../lib/systems/acumatica/reader.ts'
import { rows } from '../../../lib/systems/acumatica/records.ts'
import { answer, fixture } from './fixtures.ts'
import { closeAll, connect, orderRecord, startInstance } from './instance.ts'
import { Poller, smallShipment } from './polling.ts'

afterEach(closeAll)

const minute = 60_000
const gets = (requests: { method: string; path: string }[], entity: string) =>
  requests.filter((r) => r.method === 'GET' && r.path.includes(`/${entity}`)).length

/** An instance with the order of the samples, shipped and billed. */
async function shippedAndBilled() {
  const sandbox = await startInstance()
  const reader = createReader(connect(sandbox))
  const shipments = new Poller(reader, 'shipments')
  const invoices = new Poller(reader, 'invoices:Invoice')
  await shipments.poll()
  await invoices.poll()
  sandbox.enterOrder(orderRecord({ Hold: { value: false } }))
  sandbox.shipOrder('SO-20931', { packages: 2 })
  return { sandbox, reader, shipments, invoices }
}

describe('streams', () => {
  it('are the shipments and each invoice type that is read', async () => {
    const sandbox = await startInstance()
    expect(createReader(connect(sandbox)).streams()).toEqual([
      'shipments',
      'invoices:Invoice',
      'invoices:Debit Memo',
      'invoices:Credit Memo',
    ])
    expect(createReader(connect(sandbox, { invoiceTypes: [] })).streams()).toEqual(['shipments'])
  })
})

describe('a confirmed shipment', () => {
  it('is read with its order, items and place, and parses', async () => {
    const { sandbox, shipments } = await shippedAndBilled()
    sandbox.clock.advance(minute)
    const [document] = await shipments.poll()
    const raw = document?.raw as Bundle
    expect([raw.salesOrders.length, raw.stockItems.length, raw.customerLocations.length]).toEqual([1, 3, 1])
    expect(parse('ship-notice', document?.raw ?? null)).toMatchObject({
      document: { number: 'JS-SHP-0031877', orders: [{ number: 'SO-20931' }], packages: [{}, {}] },
    })
  })

  it('waits until it is older than the lag: its transaction may still be under way', async () => {
    const { sandbox, shipments } = await shippedAndBilled()
    sandbox.clock.advance(10_000)
    expect(await shipments.poll()).toEqual([])
    sandbox.clock.advance(minute)
    expect((await shipments.poll()).map((d) => d.key)).toEqual(['JS-SHP-0031877'])
  })

  it('is not read in full again while it stands in the overlap', async () => {
    const { sandbox, shipments } = await shippedAndBilled()
    sandbox.clock.advance(minute)
    await shipments.poll()
    const before = sandbox.requests.length
    sandbox.clock.advance(minute)
    expect(await shipments.poll()).toEqual([])
    expect(sandbox.requests.length - before).toBe(1)
  })

  it('is a new arrival with the same content hash when it is billed later', async () => {
    const { sandbox, shipments } = await shippedAndBilled()
    sandbox.clock.advance(minute)
    const [first] = await shipments.poll()
    sandbox.invoiceShipment('JS-SHP-0031877')
    sandbox.clock.advance(minute)
    const [second] = await shipments.poll()
    expect(second?.key).toBe(first?.key)
    expect(second?.arrival).not.toBe(first?.arrival)
    expect(second?.hash).toBe(first?.hash)
    expect(String(second?.version) > String(first?.version)).toBe(true)
  })

  it('shares the reads of masters with the others', async () => {
    const { sandbox, shipments } = await shippedAndBilled()
    for (const nbr of ['2', '3']) {
      sandbox.enterOrder(orderRecord({ Hold: { value: false }, CustomerOrder: { value: nbr } }))
      sandbox.shipOrder(nbr === '2' ? 'SO-20932' : 'SO-20933')
    }
    sandbox.clock.advance(minute)
    expect(await shipments.poll()).toHaveLength(3)
    expect(gets(sandbox.requests, 'StockItem')).toBe(3)
    expect(gets(sandbox.requests, 'CustomerLocation')).toBe(1)
  })

  it('with a custom field for its SSCC is read with that field', async () => {
    const { sandbox } = await shippedAndBilled()
    const shipment = sandbox.find('Shipment', 'JS-SHP-0031877')
    for (const box of rows(shipment ?? {}, 'Packages') ?? [])
      box.custom = { Packages: { UsrSSCC: { type: 'CustomStringField', value: '006141410003187703' } } }
    sandbox.save('Shipment', shipment ?? {})
    const customFields = { Shipment: ['Packages.UsrSSCC'] }
    const poller = new Poller(createReader(connect(sandbox, { customFields })), 'shipments')
    sandbox.clock.advance(minute)
    const [document] = await poller.poll()
    expect(parse('ship-notice', document?.raw ?? null)).toMatchObject({
      document: { packages: [{ references: { UsrSSCC: '006141410003187703' } }, {}] },
    })
  })
})

describe('a row', () => {
  it.each([
    ['On Hold', {}],
    ['Open', {}],
    ['Confirmed', { Type: { value: 'Transfer' } }],
    ['Confirmed', { Operation: { value: 'Receipt' } }],
  ])('%s %j is no document and is not read in full', async (status, over) => {
    const sandbox = await startInstance()
    const poller = new Poller(createReader(connect(sandbox)), 'shipments')
    await poller.poll()
    sandbox.save('Shipment', smallShipment('S-1', status, over))
    sandbox.clock.advance(minute)
    expect(await poller.poll()).toEqual([])
    expect(gets(sandbox.requests, 'Shipment/S-1')).toBe(0)
  })

  it('that loses its state between the header and the full read comes again when it changes', async () => {
    const sandbox = await startInstance()
    const context = connect(sandbox)
    const poller = new Poller(createReader(context), 'shipments')
    await poller.poll()
    sandbox.save('Shipment', smallShipment('S-1'))
    sandbox.clock.advance(minute)
    const { send } = context.http
    context.http.send = (request) => {
      if (request.url.includes('/Shipment/S-1')) {
        sandbox.save('Shipment', smallShipment('S-1', 'Open'))
        context.http.send = send
      }
      return send(request)
    }
    expect(await poller.poll()).toEqual([])
    sandbox.save('Shipment', smallShipment('S-1'))
    sandbox.clock.advance(minute)
    expect((await poller.poll()).map((d) => d.key)).toEqual(['S-1'])
  })
})

describe('an invoice', () => {
  it('is read when it is released, not before, and never when it is canceled', async () => {
    const { sandbox, invoices } = await shippedAndBilled()
    sandbox.invoiceShipment('JS-SHP-0031877', { release: false })
    sandbox.clock.advance(minute)
    expect(await invoices.poll()).toEqual([])
    sandbox.releaseInvoice('Invoice', 'INV-104482')
    sandbox.clock.advance(minute)
    const [document] = await invoices.poll()
    expect(document?.key).toBe('Invoice/INV-104482')
    expect(parse('invoice', document?.raw ?? null)).toMatchObject({ document: { amount: '367.2', status: 'Open' } })
    const record = sandbox.find('SalesInvoice', 'Invoice', 'INV-104482') ?? {}
    sandbox.save('SalesInvoice', { ...record, Status: { value: 'Canceled' } })
    sandbox.clock.advance(minute)
    expect(await invoices.poll()).toEqual([])
  })

  it('of an endpoint before 23.200 is found by the screen’s stamp, and parses', async () => {
    const { sandbox } = await shippedAndBilled()
    sandbox.invoiceShipment('JS-SHP-0031877')
    for (const version of ['20.200.001', '22.200.001']) {
      const reader = createReader(connect(sandbox, { endpoint: { version } }))
      const poller = new Poller(reader, 'invoices:Invoice')
      sandbox.clock.advance(minute)
      const [document] = await poller.poll()
      expect(document?.version).toMatch(/^2026-10-05T11:20:00/)
      expect(parse('invoice', document?.raw ?? null)).toMatchObject({
        document: { billTo: { name: 'Harbor & Pine Stores' } },
      })
    }
  })

  it('that is a credit memo brings its original invoice and that invoice’s order', async () => {
    const { sandbox, reader } = await shippedAndBilled()
    sandbox.invoiceShipment('JS-SHP-0031877')
    sandbox.creditMemo('INV-104482', { lines: { 1: 3 } })
    const poller = new Poller(reader, 'invoices:Credit Memo')
    sandbox.clock.advance(minute)
    const [document] = await poller.poll()
    expect(document?.key).toBe('Credit Memo/CM-00771')
    expect(parse('invoice', document?.raw ?? null)).toMatchObject({
      document: {
        amount: '12.75',
        originals: [{ number: 'INV-104482' }],
        orders: [{ number: 'RC-00118' }, { number: 'SO-20931', customerOrder: '4500187734' }],
      },
    })
  })
})

describe('a poll', () => {
  it('begins where the configuration says, or with its first run', async () => {
    const sandbox = await startInstance()
    sandbox.save('Shipment', smallShipment('S-1'))
    sandbox.clock.advance(30 * minute)
    expect(await new Poller(createReader(connect(sandbox)), 'shipments').poll()).toEqual([])
    const initialDate = '2026-10-05T11:00:00Z'
    const poller = new Poller(createReader(connect(sandbox, { initialDate })), 'shipments')
    expect((await poller.poll()).map((d) => d.key)).toEqual(['S-1'])
  })

  it('stores how far it came page by page, and a crash in between loses nothing', async () => {
    const sandbox = await startInstance()
    const reader = createReader(connect(sandbox, { pageSize: 3, documentsPerPage: 2 }))
    const poller = new Poller(reader, 'shipments')
    await poller.poll()
    const numbers = Array.from({ length: 10 }, (_, i) => `S-${String(i).padStart(2, '0')}`)
    for (const nbr of numbers) sandbox.save('Shipment', smallShipment(nbr))
    sandbox.clock.advance(minute)
    await poller.page()
    await poller.crash()
    sandbox.save('Shipment', smallShipment('S-01', 'Completed'))
    await poller.poll()
    expect(poller.keys).toEqual(numbers)
    sandbox.clock.advance(minute)
    expect((await poller.poll()).map((d) => d.key)).toEqual(['S-01'])
  })

  it('on a site that does not sort by key reads the window whole, until two readings agree', async () => {
    const sandbox = await startInstance({ sorted: false })
    const poller = new Poller(createReader(connect(sandbox, { pageSize: 4 })), 'shipments')
    await poller.poll()
    const numbers = Array.from({ length: 11 }, (_, i) => `S-${String(i).padStart(2, '0')}`)
    for (const nbr of numbers) sandbox.save('Shipment', smallShipment(nbr))
    sandbox.clock.advance(minute)
    await poller.poll()
    expect(poller.keys).toEqual(numbers)
  })

  it('finds a row committed later than the overlap covers in the daily sweep', async () => {
    const sandbox = await startInstance()
    const poller = new Poller(createReader(connect(sandbox)), 'shipments')
    await poller.poll()
    sandbox.save('Shipment', smallShipment('LATE'), { visibleInMs: 60 * minute })
    sandbox.clock.advance(40 * minute)
    sandbox.save('Shipment', smallShipment('S-1'))
    sandbox.clock.advance(minute)
    expect((await poller.poll()).map((d) => d.key)).toEqual(['S-1'])
    sandbox.clock.advance(60 * minute)
    expect(await poller.poll()).toEqual([])
    sandbox.clock.advance(22.5 * 60 * minute)
    expect((await poller.poll()).map((d) => d.key)).toContain('LATE')
  })

  it('takes "now" from the server: a local clock that is wrong by hours changes nothing', async () => {
    for (const wrong of [-5, 5]) {
      const sandbox = await startInstance()
      const clock = { now: () => sandbox.clock.now() + wrong * 60 * minute }
      const poller = new Poller(createReader(connect(sandbox, {}, { clock })), 'shipments')
      await poller.poll()
      sandbox.save('Shipment', smallShipment('S-1'))
      expect(await poller.poll()).toEqual([])
      sandbox.clock.advance(minute)
      expect((await poller.poll()).map((d) => d.key)).toEqual(['S-1'])
    }
  })
})

describe('a record the server stumbles over', () => {
  const stumble = {
    kind: 'status',
    status: 500,
    body: { exceptionType: 'PX.Data.PXException', exceptionMessage: 'Object reference not set.' },
  } as const

  it('stops no other, and is tried again with each window until it can be read', async () => {
    const sandbox = await startInstance()
    const poller = new Poller(createReader(connect(sandbox)), 'shipments')
    await poller.poll()
    for (const nbr of ['S-1', 'S-2', 'S-3']) sandbox.save('Shipment', smallShipment(nbr))
    sandbox.faults.add({ match: { path: /S-2$/ }, times: 4, fault: stumble })
    sandbox.clock.advance(minute)
    expect((await poller.poll()).map((d) => d.key)).toEqual(['S-1', 'S-3'])
    sandbox.clock.advance(600 * minute)
    expect(await poller.poll()).toEqual([])
    expect((await poller.poll()).map((d) => d.key)).toEqual(['S-2'])
    expect(await poller.poll()).toEqual([])
  })

  it('once, or an answer cut off, only repeats', async () => {
    const sandbox = await startInstance()
    const poller = new Poller(createReader(connect(sandbox)), 'shipments')
    await poller.poll()
    sandbox.save('Shipment', smallShipment('S-1'))
    sandbox.clock.advance(minute)
    sandbox.faults.add({ match: { path: /S-1$/ }, times: 1, fault: stumble })
    sandbox.faults.add({ match: { path: /Shipment$/ }, times: 1, fault: { kind: 'truncate' } })
    await expect(poller.poll()).rejects.toMatchObject({ class: 'transient' })
    expect((await poller.poll()).map((d) => d.key)).toEqual(['S-1'])
  })

  it('is not what a list read that cannot be optimised is: that is a setting', async () => {
    const sandbox = await startInstance()
    const { status, body } = answer('error-500-optimization')
    sandbox.faults.add({ match: { path: /Shipment$/ }, fault: { kind: 'status', status, body } })
    await expect(new Poller(createReader(connect(sandbox)), 'shipments').poll()).rejects.toMatchObject({
      name: 'ConfigurationError',
      problems: [{ code: 'ACUMATICA_NOT_OPTIMIZED' }],
    })
  })
})

describe('the recorded poll page', () => {
  it('holds four rows of which just two become documents', async () => {
    const sandbox = await startInstance()
    for (const row of fixture<{ ShipmentNbr: { value: string } }[]>('shipment-poll-page'))
      sandbox.save('Shipment', row as never, { keepStamps: true })
    sandbox.clock.advance(30 * 24 * 60 * minute)
    const initialDate = '2026-10-21T20:00:00Z'
    const poller = new Poller(createReader(connect(sandbox, { initialDate })), 'shipments')
    await poller.poll()
    expect(poller.keys).toEqual(['JS-SHP-0031875', 'JS-SHP-0031877'])
  })
})
