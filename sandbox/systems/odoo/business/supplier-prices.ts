import { type Env, type Model, model, type Rec } from '../orm/model.ts'
import { char, date, float, integer, many2one } from './fields.ts'
import { namesOf } from './names.ts'
import { more } from './numbers.ts'
import { convert } from './uom.ts'

const supplierinfo = model({
  name: 'product.supplierinfo',
  description: 'Supplier Pricelist',
  order: 'sequence, min_qty desc, price, id',
  displayName: (record) => record.one('partner_id')?.displayName() ?? '',
  fields: {
    partner_id: many2one('res.partner', { required: true, string: 'Vendor' }),
    product_tmpl_id: many2one('product.template', {
      required: (version) => version === 19,
      ondelete: 'cascade',
      string: 'Product Template',
    }),
    product_id: many2one('product.product', { string: 'Product Variant' }),
    product_name: char({ string: 'Vendor Product Name' }),
    product_code: char({ string: 'Vendor Product Code' }),
    min_qty: float({ required: true, default: 0 }),
    price: float({ required: (version) => version === 18, default: 0 }),
    discount: float(),
    currency_id: many2one('res.currency', { required: true, default: (env) => env.company.get('currency_id') }),
    delay: integer({ required: true, default: 1 }),
    date_start: date(),
    date_end: date(),
    sequence: integer({ default: 1 }),
    company_id: many2one('res.company', { default: (env) => env.company.id }),
    product_uom: many2one('uom.uom', { until: 18, readonly: true, related: 'product_tmpl_id.uom_po_id' }),
    product_uom_id: many2one('uom.uom', { since: 19, required: true }),
    purchase_requisition_id: many2one('purchase.requisition'),
  },
  beforeCreate: (env, values) => {
    const variant =
      typeof values.product_id === 'number' ? env.model('product.product').get(values.product_id) : undefined
    const template = values.product_tmpl_id || variant?.get('product_tmpl_id') || false
    if (env.version === 18 || values.product_uom_id || typeof template !== 'number')
      return { ...values, product_tmpl_id: template }
    const unit = env.model('product.template').get(template).get('uom_id')
    return { ...values, product_tmpl_id: template, product_uom_id: unit }
  },
})

export const supplierPriceModels: Model[] = [supplierinfo]

/** The vendor's price list line for so many units at a day (YYYY-MM-DD): the first that fits. */
export function sellerOf(
  env: Env,
  product: Rec,
  vendor: Rec | undefined,
  quantity: number,
  unit: Rec | undefined,
  day: string,
): Rec | undefined {
  const partners = [vendor?.id, vendor?.one('commercial_partner_id')?.id]
  return product.many('seller_ids').find((line) => {
    const wanted = line.one('product_id')
    const inTheirs = convert(env, quantity, unit, line.one(namesOf(env).unit))
    return (
      partners.includes(line.num('partner_id')) &&
      (!wanted || wanted.id === product.id) &&
      !more(line.num('min_qty'), inTheirs) &&
      (!line.str('date_start') || line.str('date_start') <= day) &&
      (!line.str('date_end') || line.str('date_end') >= day)
    )
  })
}
