import { closeCompanies, codesOf, Pusher, startCompany } from './writing.ts'

afterEach(closeCompanies)

describe.each([18, 19] as const)('the writer of Odoo %i', (version) => {
  test('knows no other operation', async () => {
    const company = await startCompany(version)
    await expect(new Pusher(company).write('toString', {})).rejects.toThrow('Odoo has no operation "toString"')
  })

  test('an answer that Odoo refuses is rejected in Odoo’s words', async () => {
    const company = await startCompany(version)
    const outcome = await new Pusher(company).write('update-product', {
      product: { item: 'WIDGET' },
      field: 'weight',
      value: 3,
    })
    expect(outcome).toMatchObject({ outcome: 'rejected', problems: [{ code: 'ODOO_FORBIDDEN' }] })
  })

  test('a product’s figure is written where the user may, and nothing where it stands already', async () => {
    const company = await startCompany(version)
    const { adminLogin: login, adminPassword: password, adminKey: apiKey } = company.credentials
    Object.assign(company.credentials, { login, password, apiKey })
    const push = new Pusher(company)
    const set = (field: string, value: number, item = 'WIDGET') =>
      push.write('update-product', { product: { item }, field, value })
    expect(await set('weight', 3.25)).toMatchObject({ outcome: 'delivered', adopted: false, result: { value: '3.25' } })
    expect(await set('weight', 3.25)).toMatchObject({ adopted: true })
    expect(company.one('product.product', [['id', '=', company.products.widget]]).weight).toBe(3.25)
    expect(codesOf(await set('x_none', 1))).toEqual(['ODOO_FIELD_UNSUITED'])
    expect(codesOf(await set('name', 1, 'NOPE'))).toEqual(['ODOO_FIELD_UNSUITED', 'ODOO_PRODUCT_NOT_FOUND'])
  })
})
