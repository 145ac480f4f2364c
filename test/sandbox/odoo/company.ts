import { type OdooOptions, type SandboxOdoo, type SandboxRecord, start } from '../../../sandbox/systems/odoo/index.ts'
import type { Domain, Values, Version } from '../../../sandbox/systems/odoo/orm/model.ts'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'

/** A company with a vendor, a customer with a store, and four things: a plain one, another, one in lots, one in serial numbers. */
export interface TestCompany extends SandboxOdoo {
  vendor: number
  customer: number
  store: number
  products: { widget: number; gadget: number; cream: number; device: number }
  /** The one record that meets a domain, with these fields. */
  one(model: string, domain: Domain, fields?: readonly string[]): SandboxRecord
  /** Quantity on hand in the first warehouse. */
  onHand(product: number): number
}

const opened: SandboxOdoo[] = []

export async function startCompany(version: Version, options: Partial<OdooOptions> = {}): Promise<TestCompany> {
  const clock = createSandboxClock(undefined, Date.parse('2026-11-21T09:00:00Z'))
  const sandbox = await start({ version, clock, ...options })
  opened.push(sandbox)
  const vendor = sandbox.create('res.partner', {
    name: 'Lakeside Mills',
    ref: 'V100',
    is_company: true,
    supplier_rank: 1,
  })
  const customer = sandbox.create('res.partner', {
    name: 'Harbor & Pine',
    ref: 'C100',
    is_company: true,
    customer_rank: 1,
  })
  const store = sandbox.create('res.partner', { name: 'Store 14', ref: '0014', parent_id: customer, type: 'delivery' })
  const product = (code: string, values: Values = {}) =>
    sandbox.create('product.product', {
      name: code.toLowerCase(),
      default_code: code,
      is_storable: true,
      list_price: 20,
      standard_price: 9,
      taxes_id: [[6, 0, []]],
      supplier_taxes_id: [[6, 0, []]],
      ...values,
    })
  const one: TestCompany['one'] = (model, domain, fields) => {
    const [record, ...others] = sandbox.records(model, domain, fields)
    if (!record || others.length) throw new Error(`${others.length + (record ? 1 : 0)} records of ${model}`)
    return record
  }
  return Object.assign(sandbox, {
    vendor,
    customer,
    store,
    products: {
      widget: product('WIDGET'),
      gadget: product('GADGET', { list_price: 5 }),
      cream: product('CREAM', { tracking: 'lot' }),
      device: product('DEVICE', { tracking: 'serial' }),
    },
    one,
    onHand: (id: number) => Number(one('product.product', [['id', '=', id]], ['qty_available']).qty_available),
  })
}

export async function closeCompanies(): Promise<void> {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()))
}
