import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ApiRecord, identifier, rows, wrapFields } from '../../../lib/systems/acumatica/records.ts'
import { start } from '../../../sandbox/systems/acumatica/index.ts'
import { closeAll, orderRecord, startInstance } from '../../systems/acumatica/instance.ts'

afterEach(closeAll)

const open = { Hold: { value: false } }
const status = (record: ApiRecord | undefined) => identifier(record ?? {}, 'Status')

describe('the company', () => {
  it('ships what is off hold and bills what has left, by itself', async () => {
    const sandbox = await startInstance()
    sandbox.enterOrder(orderRecord(open))
    sandbox.enterOrder(orderRecord({ CustomerOrder: { value: 'on hold' } }))
    expect(sandbox.advance()).toEqual({ shipments: ['JS-SHP-0031877'], invoices: ['INV-104482'] })
    expect(sandbox.advance()).toEqual({ shipments: [], invoices: [] })
    expect(sandbox.orders().map(status)).toEqual(['Completed', 'On Hold'])
    expect(status(sandbox.find('Shipment', 'JS-SHP-0031877'))).toBe('Completed')
    expect(status(sandbox.find('SalesInvoice', 'Invoice', 'INV-104482'))).toBe('Open')
  })

  it('ships a rest later, and two orders in one shipment', async () => {
    const sandbox = await startInstance()
    sandbox.enterOrder(orderRecord(open))
    sandbox.enterOrder(orderRecord({ ...open, CustomerOrder: { value: '4500187735' } }))
    sandbox.shipOrder('SO-20931', { quantities: { 1: 20 } })
    expect(status(sandbox.find('SalesOrder', 'SO', 'SO-20931'))).toBe('Back Order')
    const shipment = sandbox.shipOrder(['SO-20931', 'SO-20932'], { packages: 2 })
    expect(
      (rows(shipment, 'Details') ?? []).map((row) => [identifier(row, 'OrderNbr'), identifier(row, 'ShippedQty')]),
    ).toEqual([
      ['SO-20931', '4'],
      ['SO-20931', '12'],
      ['SO-20931', '2'],
      ['SO-20932', '24'],
      ['SO-20932', '12'],
      ['SO-20932', '2'],
    ])
    expect(sandbox.orders().map(status)).toEqual(['Completed', 'Completed'])
  })

  it('labels cartons with SSCCs whose check digit is right', async () => {
    const sandbox = await startInstance()
    sandbox.enterOrder(orderRecord(open))
    const labels = (rows(sandbox.shipOrder('SO-20931', { packages: 3 }), 'Packages') ?? []).map((row) =>
      String(identifier(row, 'CustomRefNbr1')),
    )
    for (const label of labels) {
      const sum = [...label].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0)
      expect([label.length, sum % 10]).toEqual([18, 0])
    }
    expect(new Set(labels).size).toBe(3)
  })

  it('bills with discounts, freight and tax that add up', async () => {
    const sandbox = await startInstance()
    sandbox.enterOrder(orderRecord(open))
    sandbox.shipOrder('SO-20931')
    const invoice = sandbox.invoiceShipment('JS-SHP-0031877', {
      lineDiscountPercent: 5,
      documentDiscountPercent: 2,
      freight: 38.5,
      premiumFreight: 4,
      tax: { id: 'WISTATE', percent: 5.5 },
    })
    const amount = (name: string) => Number(identifier(invoice, name))
    const lines = (rows(invoice, 'Details') ?? []).reduce((sum, row) => sum + Number(identifier(row, 'Amount')), 0)
    expect(amount('Amount')).toBeCloseTo(lines - amount('DiscountTotal') + 42.5 + amount('TaxTotal'), 6)
    expect(lines).toBeCloseTo(367.2 * 0.95, 6)
  })

  it('makes another order of every PUT without a number', async () => {
    const sandbox = await startInstance()
    for (let i = 0; i < 3; i += 1) sandbox.enterOrder(orderRecord())
    expect(sandbox.orders().map((order) => identifier(order, 'OrderNbr'))).toEqual(['SO-20931', 'SO-20932', 'SO-20933'])
  })

  it('inserts rows without id again, and replaces a cross-reference when it is sent an alternate id', async () => {
    const sandbox = await startInstance()
    sandbox.enterOrder(orderRecord())
    const { Details } = orderRecord()
    const key = wrapFields({ OrderType: 'SO', OrderNbr: 'SO-20931' })
    sandbox.enterOrder({ ...key, Details: Details ?? [] })
    expect(rows(sandbox.orders()[0] ?? {}, 'Details')).toHaveLength(6)
    sandbox.enterOrder({ ...key, Details: [wrapFields({ InventoryID: 'JS-MUG-12', OrderQty: 1, AlternateID: '999' })] })
    const references = rows(sandbox.find('StockItem', 'JS-MUG-12') ?? {}, 'CrossReferences') ?? []
    expect(references.map((row) => identifier(row, 'AlternateID'))).toContain('999')
  })

  it('keeps everything over a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'acumatica-'))
    const file = join(folder, 'acumatica.db')
    const before = await startInstance({ file })
    before.enterOrder(orderRecord(open))
    const now = before.clock.now()
    await closeAll()
    const after = await start({ file, clock: before.clock })
    expect(after.clock.now()).toBe(now)
    expect(after.orders()).toHaveLength(1)
    after.enterOrder(orderRecord())
    expect(after.orders().map((order) => identifier(order, 'OrderNbr'))).toEqual(['SO-20931', 'SO-20932'])
    await after.close()
    rmSync(folder, { recursive: true })
  })
})
