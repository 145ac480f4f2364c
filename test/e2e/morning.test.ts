import { join } from 'node:path'
import { GetQueueAttributesCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs'
import { verifyAudit } from '../../cli/audit/verify.ts'
import { reconcile } from '../../cli/reconcile/reconcile.ts'
import { indirect } from '../../infra/permissions.ts'
import { sandboxWebhookSecret } from '../../sandbox/scenario/connections.ts'
import { fields } from '../../sandbox/systems/acumatica/wire.ts'
import { altered, extended, removed, unnoticed } from './audit-tampering.ts'
import { endings, eventKinds, orderReferences, type Sample, startSample, twice } from './support.ts'

let morning: Sample

const smallOrder = (number: string) => ({
  Header: {
    OrderHeader: { TradingPartnerId: '3F1HARBORPINE', PurchaseOrderNumber: number, Vendor: '40127' },
    Address: [{ AddressTypeCode: 'ST', LocationCodeQualifier: '92', AddressLocationNumber: '0417' }],
  },
  LineItem: [
    {
      OrderLine: {
        LineSequenceNumber: '1',
        BuyerPartNumber: '771204',
        OrderQty: 24,
        OrderQtyUOM: 'EA',
        PurchasePrice: 4.25,
      },
    },
  ],
})

beforeAll(async () => {
  morning = await startSample()
  await morning.rounds()
}, 120_000)
afterAll(() => morning.close())

describe('the sample morning, through the synthesised stack', () => {
  test('ends with every document as it was meant to end', async () => {
    const found = await endings(morning.work)
    const expected = morning.work.sample.morning.expected.map(({ flow, number, outcome, code }) =>
      expect.objectContaining({ flow, number, outcome, ...(code ? { codes: expect.arrayContaining([code]) } : {}) }),
    )
    for (const one of expected) expect(found).toContainEqual(one)
    // And nothing else was delivered or held.
    const ends = (of: readonly { flow: string; number: string; outcome: string }[]) =>
      of
        .filter((d) => d.outcome !== 'skipped')
        .map((d) => `${d.outcome} ${d.flow} ${d.number}`)
        .toSorted()
    expect(ends(found)).toEqual(ends(morning.work.sample.morning.expected))
    expect(found.filter((d) => d.outcome === 'captured' || d.outcome === 'mapped')).toEqual([])
  })

  test('reconciles: every document is accounted for, the sources hold no other, and the money is the same to the cent', async () => {
    const { work } = morning
    const here = { title: 'the sample', local: true, arguments: [], configFile: join(work.stateDir, 'config.json') }
    const deployment = { ...work, ...here, settle: async () => true }
    const given = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z', sources: true, now: Date.now() }
    const { days, sources, totals, differences, agrees } = await reconcile(deployment, work.config, given)
    expect(differences).toEqual([])
    expect(sources.filter((s) => s.error !== undefined || s.missing.length > 0)).toEqual([])
    expect(sources.reduce((sum, s) => sum + s.known, 0)).toBeGreaterThan(15)
    expect(days.length).toBeGreaterThan(15)
    expect(totals.map((t) => t.flow)).toEqual(
      expect.arrayContaining(['purchase-order', 'purchase-order-in', 'invoice', 'invoice-out', 'warehouse-receipt-in']),
    )
    expect(totals.reduce((sum, t) => sum + t.documents, 0)).toBeGreaterThan(100)
    expect(agrees).toBe(true)
  })

  test('leaves each order in the ERP once, and each paper at the network once', () => {
    const { sample } = morning.work
    expect(orderReferences(sample).length).toBeGreaterThanOrEqual(40)
    expect(twice(orderReferences(sample))).toEqual([])
    const received = sample.systems.sps.received()
    expect(received.filter((r) => r.count !== 1 && r.type !== 'acknowledgement')).toEqual([])
    // An order that was revised is acknowledged anew; no acknowledgement went twice.
    expect(twice(received.map((r) => JSON.stringify(r.document)))).toEqual([])
    expect(received.length).toBeGreaterThan(80)
  })

  test('leaves in Odoo what was ordered and received, once, with what is still to come', () => {
    const { odoo, sps } = morning.work.sample.systems
    const [glass] = odoo.records(
      'purchase.order',
      [['partner_id.ref', '=', 'GLASSWERK']],
      ['id', 'name', 'partner_ref'],
    )
    const lines = odoo.records(
      'purchase.order.line',
      [['order_id', '=', glass?.id ?? 0]],
      ['product_qty', 'qty_received'],
    )
    expect(lines.map((l) => [l.product_qty, l.qty_received])).toEqual([
      [120, 118],
      [60, 48],
    ])
    const transfers = odoo.records('stock.picking', [['purchase_id', '=', glass?.id ?? 0]], ['state', 'backorder_id'])
    expect(transfers.map((t) => [t.state, t.backorder_id === false])).toEqual([
      ['done', true],
      ['assigned', false],
    ])
    // The supplier's own number, from its answer.
    expect(glass?.partner_ref).toBe(`GL-${String(glass?.name).slice(-4)}`)
    const [changed] = odoo.records('sale.order', [['client_order_ref', '=', 'AM-9002']], ['id', 'state'])
    const asked = odoo.records('sale.order.line', [['order_id', '=', changed?.id ?? 0]], ['product_uom_qty'])
    expect(asked.map((l) => l.product_uom_qty)).toEqual([24, 9])
    const [called] = odoo.records('sale.order', [['client_order_ref', '=', 'AM-9006']], ['state'])
    expect(called?.state).toBe('cancel')
    expect(sps.sent('purchase-order')).toHaveLength(2)
    expect(sps.sent('purchase-order-change')).toHaveLength(1)
  })

  test('tells the bus what was delivered and what is held', () => {
    const kinds = new Set(eventKinds(morning.work))
    expect(kinds).toContain('DocumentsDelivered')
    expect(kinds).toContain('DocumentsHeld')
  })

  test('writes no credential, token or payload to a log or to the ledger', async () => {
    // The words that the sample's secrets are made of, and a line of an order.
    const { secrets } = morning.work.sample
    const words = Object.values(secrets)
      .flatMap((s) => [s.clientSecret, s.password, s.refreshToken, s.apiKey])
      .filter((w) => w !== undefined)
    const stories = JSON.stringify(await Array.fromAsync(morning.work.ledger.all()))
    for (const word of words) expect(stories).not.toContain(word)
  })
})

describe('afterwards', () => {
  test('an order too large for an item goes through, by way of the bucket', async () => {
    const { sample, embedded } = morning.work
    let seed = 42
    const noise = () =>
      Array.from({ length: 60 }, () => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
        return seed.toString(36)
      }).join(' ')
    sample.systems.sps.deliver({
      Header: {
        OrderHeader: {
          TradingPartnerId: '3F1HARBORPINE',
          PurchaseOrderNumber: 'LARGE-1',
          TsetPurposeCode: '00',
          Vendor: '40127',
        },
        Address: [
          { AddressTypeCode: 'ST', LocationCodeQualifier: '92', AddressLocationNumber: '0417', AddressName: 'DC' },
        ],
      },
      LineItem: Array.from({ length: 1500 }, (_, i) => ({
        OrderLine: {
          LineSequenceNumber: String(i + 1),
          BuyerPartNumber: '771204',
          OrderQty: 24,
          OrderQtyUOM: 'EA',
          PurchasePrice: 4.25,
        },
        Notes: [{ NoteCode: 'GEN', Note: noise() }],
      })),
    })
    await morning.rounds()
    const [order] = await morning.work.ledger.stories('LARGE-1')
    expect(order?.progress?.state).toBe('delivered')
    expect(order?.mappings[0]?.writes[0]?.record.Details).toHaveLength(1500)
    expect(embedded.denials()).toEqual([])
  }, 120_000)

  test('an ERP that is down has its queue switched off and on again, and nobody does anything', async () => {
    const { sample, embedded } = morning.work
    const { acumatica, sps } = sample.systems
    acumatica.faults.add({ match: {}, fault: { kind: 'drop-before' } })
    for (const n of [1, 2, 3, 4]) sps.deliver(smallOrder(`DOWN-${n}`))
    await embedded.tickAll()
    await embedded.idle({ ignoreDelayed: true })
    const kinds = () => eventKinds(morning.work)
    expect(kinds()).toContain('ConnectionDown')
    acumatica.faults.clear()
    await embedded.tickAll()
    await embedded.idle({ ignoreDelayed: true })
    expect(kinds()).toContain('ConnectionUp')
    embedded.releaseInFlight()
    await morning.rounds()
    const states = (await endings(morning.work)).filter((d) => d.number.startsWith('DOWN-')).map((d) => d.outcome)
    expect(states).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
    expect(twice(orderReferences(sample))).toEqual([])
  }, 120_000)

  test('an order that somebody keyed by hand is held, dead-lettered, and delivered once that one is gone', async () => {
    const { sample, embedded, documents, connections, ledger } = morning.work
    const { acumatica, sps } = sample.systems
    const keyed = acumatica.enterOrder({
      ...fields({
        OrderType: 'SO',
        CustomerID: 'HARBORPINE',
        LocationID: 'DC0417',
        CustomerOrder: 'KEYED-1',
        Hold: true,
      }),
      Details: [fields({ InventoryID: 'JS-MUG-12', OrderQty: 24 })],
    })
    sps.deliver(smallOrder('KEYED-1'))
    await morning.rounds()
    const outcome = async () =>
      (await ledger.stories('KEYED-1')).find((s) => s.entry.flow === 'purchase-order')?.progress
    expect((await outcome())?.state).toBe('held')
    expect((await outcome())?.attempts.filter((a) => a.stage === 'push')).toHaveLength(1)

    acumatica.save('SalesOrder', { ...keyed, Status: { value: 'Canceled' } })
    // The SQS console's own redrive: messages go back to the queue they came from.
    const sqs = new SQSClient(embedded.clientConfig)
    for (const queue of [documents, ...Object.values(connections)]) {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queue.deadLettersUrl, AttributeNames: ['QueueArn'] }),
      )
      await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: Attributes?.QueueArn }))
    }
    await embedded.idle()
    expect((await outcome())?.state).toBe('delivered')
  }, 60_000)

  test('a token that ran out is renewed by whichever function meets it first', async () => {
    const { sample, embedded, outputs } = morning.work
    const poll = (name: string) => embedded.tick(outputs.connections.find((c) => c.name === name)?.schedule ?? '')
    sample.systems.sps.deliver(smallOrder('RENEW-1'))
    // Nobody writes before the tokens are over.
    embedded.pauseSources()
    await poll('sps')
    sample.systems.acumatica.expireAccessTokens()
    sample.systems.sps.expireTokens()
    embedded.resumeSources()
    await embedded.idle()
    const [renewed] = (await endings(morning.work)).filter((d) => d.number === 'RENEW-1')
    expect(renewed?.outcome).toBe('delivered')
  }, 60_000)

  test('a call of its webhook has a connection polled', async () => {
    const { embedded, outputs } = morning.work
    const [webhook] = outputs.connections.flatMap((c) => c.webhook ?? [])
    const { status } = await fetch(`${webhook?.url}/${sandboxWebhookSecret}`, { method: 'POST', body: '{}' })
    expect(status).toBe(202)
    await embedded.idle({ timeoutMs: 60_000 })
  }, 60_000)

  test('a ledger as it was written verifies, and whatever single item or block is removed, altered or added to is named', async () => {
    const { work } = morning
    const { findings, pending, documents } = await verifyAudit(work, { youngMs: 0, now: Date.now() + 86_400_000 })
    expect({ findings, pending }).toEqual({ findings: [], pending: [] })
    expect(documents).toBeGreaterThan(190)
    for (const tamper of [removed, altered, extended]) {
      expect(await unnoticed(work, tamper, false, 4)).toEqual([])
      expect(await unnoticed(work, tamper, true, 8)).toEqual([])
    }
  })

  test('every permission of every kind of function was used, or has its reason', async () => {
    const { embedded } = morning.work
    expect(embedded.denials()).toEqual([])
    // Every connection's functions have the same statements: what one of a kind has used is no dead permission.
    const kind = (p: { role: string; statement: string; action: string }) =>
      `${/Pusher|Poller|Mapper|Keeper|Schedule/.exec(p.role)?.[0] ?? p.role} ${p.statement} ${p.action}`
    const used = new Set(embedded.usage.used().map(kind))
    const without = (await embedded.usage.unused()).filter((p) => !(p.statement in indirect) && !used.has(kind(p)))
    expect(without.map(kind)).toEqual([])
  })
})
