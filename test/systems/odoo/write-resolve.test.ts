import fc from 'fast-check'
import { lineOfName, nameOfLine, nameOfReference, qualified } from '../../../lib/systems/odoo/write/external-id.ts'
import { spellings } from '../../../lib/systems/odoo/write/resolve/barcode.ts'
import {
  closeCompanies,
  codesOf,
  line,
  linesOf,
  orderRecord,
  Pusher,
  purchase,
  reference,
  startCompany,
  type TestCompany,
} from './writing.ts'

afterEach(closeCompanies)

describe('external ids', () => {
  test('a line’s number is read back from its external id, whatever it contains', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1, unit: 'grapheme-ascii' }), (order, number) => {
        const name = nameOfReference(order)
        expect(name).toMatch(/^[a-z0-9_]+$/)
        expect(nameOfLine(name, number)).not.toMatch(/\s/)
        expect(lineOfName(name, qualified(nameOfLine(name, number)))).toBe(number)
      }),
    )
  })

  test('references that look alike have different names', () => {
    expect(nameOfReference('SPS:A:1')).not.toBe(nameOfReference('SPS:A/1'))
    expect(lineOfName(nameOfReference('SPS:A'), qualified(nameOfLine(nameOfReference('SPS:B'), '1')))).toBeUndefined()
  })
})

describe('barcodes', () => {
  test('a UPC is found as an EAN of 13 and a GTIN of 14 digits, and the other way round', () => {
    expect(spellings('036000291452')).toEqual(['036000291452', '0036000291452', '00036000291452'])
    expect(spellings('00036000291452')).toEqual(['00036000291452', '036000291452', '0036000291452'])
    expect(spellings('96385074')).toEqual(['96385074', '000096385074', '0000096385074', '00000096385074'])
  })

  test('what is no GTIN stands for itself', () => {
    expect(spellings(' AB-12 ')).toEqual(['AB-12'])
    expect(spellings('12345')).toEqual(['12345'])
    expect(spellings('')).toEqual([])
  })
})

describe.each([18, 19] as const)('what an order names in Odoo %i', (version) => {
  const create = (company: TestCompany, over: object, key = reference) =>
    new Pusher(company).write('create-order', orderRecord({ ...over, theirReference: key }), key)

  test('a product by barcode in any length, by its packaging’s, by the vendor’s number', async () => {
    const company = await startCompany(version)
    company.write('product.product', company.products.widget, { barcode: '036000291452' })
    if (version === 19)
      company.create('product.uom', {
        product_id: company.products.gadget,
        uom_id: company.ref('uom.product_uom_dozen')?.id ?? 0,
        barcode: '10036000291459',
      })
    else
      company.create('product.packaging', {
        name: 'Case',
        product_id: company.products.gadget,
        qty: 12,
        barcode: '10036000291459',
      })
    const template = company.one('product.product', [['id', '=', company.products.cream]]).product_tmpl_id
    company.create('product.supplierinfo', {
      partner_id: company.vendor,
      product_tmpl_id: template ?? false,
      product_code: 'LM-9',
      price: 1,
    })
    const lines = [
      { ...line('1', '', 1, 2), product: { barcodes: ['00036000291452'] } },
      { ...line('2', '', 1, 2), product: { item: 'unknown', barcodes: ['10036000291459'] } },
      { ...line('3', '', 1, 2), product: { vendorPart: 'LM-9' } },
      { ...line('4', '', 1, 2), product: { item: `id:${company.products.device}` } },
    ]
    const outcome = await new Pusher(company).write('create-order', purchase({ lines }))
    expect(outcome).toMatchObject({ outcome: 'delivered' })
    expect(linesOf(company, 'purchase.order').map((one) => one.split(' ')[0])).toEqual([
      'WIDGET',
      'GADGET',
      'CREAM',
      'DEVICE',
    ])
  })

  test('two products with one number are told apart by another number, or held', async () => {
    const company = await startCompany(version)
    const twin = company.create('product.product', { name: 'twin', default_code: 'WIDGET', barcode: '4006381333931' })
    expect(
      await create(company, {
        lines: [{ ...line('1', 'WIDGET', 1, 2), product: { item: 'WIDGET', barcodes: ['4006381333931'] } }],
      }),
    ).toMatchObject({ outcome: 'delivered' })
    expect(company.records('sale.order.line')[0]?.product_id).toBe(twin)
    const outcome = await create(company, { lines: [line('1', 'WIDGET', 1, 2)] }, 'SPS:2')
    expect(outcome).toMatchObject({
      problems: [
        { code: 'ODOO_PRODUCT_AMBIGUOUS', message: expect.stringContaining(`(${twin})`), path: 'lines[0].product' },
      ],
    })
  })

  test('a partner by reference or database id; archived ones and two of one reference are named', async () => {
    const company = await startCompany(version)
    expect(await create(company, { partner: { partner: String(company.customer) } })).toMatchObject({
      outcome: 'delivered',
    })
    const other = company.create('res.partner', { name: 'Other', ref: 'C100', is_company: true })
    const both = await create(company, {}, 'SPS:2')
    expect(both).toMatchObject({
      problems: [{ code: 'ODOO_PARTNER_AMBIGUOUS', message: expect.stringContaining(`Other (${other})`) }],
    })
    company.write('res.partner', [other, company.customer], { active: false })
    expect(codesOf(await create(company, {}, 'SPS:2'))).toEqual(['ODOO_ARCHIVED'])
  })

  test('a company that has the number of one of its addresses is meant', async () => {
    const company = await startCompany(version)
    company.create('res.partner', { name: 'Dock', ref: 'C100', parent_id: company.customer, type: 'delivery' })
    expect(await create(company, {})).toMatchObject({ outcome: 'delivered' })
    expect(company.one('sale.order', []).partner_id).toBe(company.customer)
  })

  test('every problem is named at once', async () => {
    const company = await startCompany(version)
    const outcome = await create(company, {
      partner: { partner: 'NOBODY' },
      warehouse: 'XX',
      currency: 'ZZZ',
      carrier: 'Pigeon',
      lines: [line('1', 'NOPE', 1, 2), line('2', 'WIDGET', 1, 2, { unit: 'Bogus' }), line('2', 'WIDGET', 1)],
    })
    expect(codesOf(outcome)).toEqual([
      'ODOO_PARTNER_NOT_FOUND',
      'ODOO_WAREHOUSE_NOT_FOUND',
      'ODOO_CURRENCY_UNSUITED',
      'ODOO_CARRIER_NOT_FOUND',
      'ODOO_LINE_TWICE',
      'ODOO_PRODUCT_NOT_FOUND',
      'ODOO_UNIT_NOT_FOUND',
    ])
    expect(company.records('sale.order')).toEqual([])
  })

  describe('the delivery address', () => {
    const address = {
      code: '0077',
      name: 'Store 77',
      street: '7 Main St',
      city: 'Madison',
      zip: '53703',
      state: 'WI',
      country: 'US',
    }
    const contacts = (company: TestCompany) =>
      company
        .records('res.partner', [['parent_id', '=', company.customer]])
        .map(({ ref, street }) => `${ref} ${street}`)

    test('is made once, with state and country, and found again by its code', async () => {
      const company = await startCompany(version)
      await create(company, { shipTo: address })
      const made = company.one('res.partner', [['ref', '=', '0077']])
      expect(made).toMatchObject({ type: 'delivery', street: '7 Main St', city: 'Madison', zip: '53703' })
      expect(company.one('res.country.state', [['id', '=', Number(made.state_id)]]).code).toBe('WI')
      expect(await create(company, { shipTo: address }, 'SPS:2')).toMatchObject({ warnings: [] })
      expect(codesOf(await create(company, { shipTo: { ...address, street: '8 Main St' } }, 'SPS:3'))).toEqual([
        'ODOO_ADDRESS_DIFFERS',
      ])
      expect(contacts(company)).toEqual(['0014 false', '0077 7 Main St'])
    })

    test('without a code is found by what it says', async () => {
      const company = await startCompany(version)
      const { code, ...unnamed } = address
      expect(code).toBe('0077')
      await create(company, { shipTo: unnamed })
      await create(company, { shipTo: { ...unnamed, street: '7 MAIN  St.' } }, 'SPS:2')
      await create(company, { shipTo: { ...unnamed, street: '9 Main St' } }, 'SPS:3')
      expect(contacts(company)).toEqual(['0014 false', 'false 7 Main St', 'false 9 Main St'])
    })

    test('with a state its country has not is held, and nothing is made', async () => {
      const company = await startCompany(version)
      expect(codesOf(await create(company, { shipTo: { ...address, state: 'QQ' } }))).toEqual(['ODOO_PLACE_NOT_FOUND'])
      expect(contacts(company)).toEqual(['0014 false'])
    })
  })
})
