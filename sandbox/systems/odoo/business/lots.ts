import { ValidationError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec } from '../orm/model.ts'
import { char, datetime, float, html, many2one, one2many } from './fields.ts'
import { sum } from './numbers.ts'

const lot = model({
  name: 'stock.lot',
  description: 'Lot/Serial',
  order: 'name, id',
  fields: {
    name: char({ required: true, string: 'Lot/Serial Number' }),
    ref: char({ string: 'Internal Reference' }),
    product_id: many2one('product.product', { required: true }),
    product_uom_id: many2one('uom.uom', { related: 'product_id.uom_id', readonly: true }),
    company_id: many2one('res.company', { default: (env) => env.company.id }),
    quant_ids: one2many('stock.quant', 'lot_id'),
    product_qty: float({
      compute: (record) =>
        sum(
          record.many('quant_ids').filter((quant) => quant.one('location_id')?.str('usage') === 'internal'),
          (quant) => quant.num('quantity'),
        ),
    }),
    expiration_date: datetime(),
    note: html(),
  },
  constraints: [{ fields: ['name', 'product_id'], check: oneOfItsName }],
})

export const lotModels: Model[] = [lot]

function oneOfItsName(env: Env, record: Rec): void {
  const same = env.model('stock.lot').count([
    ['product_id', '=', record.num('product_id')],
    ['name', '=', record.str('name')],
  ])
  if (same > 1)
    throw new ValidationError(
      'The combination of lot/serial number and product must be unique within a company including when no company is defined.\nThe following combinations contain duplicates:\n' +
        ` - Product: ${record.one('product_id')?.displayName()}, Lot/Serial Number: ${record.str('name')}`,
    )
}

/** The lot of that name, made where it is new. */
export function lotNamed(env: Env, product: Rec, name: string, company: number): Rec {
  const [known] = env.model('stock.lot').find([
    ['product_id', '=', product.id],
    ['name', '=', name],
  ])
  return known ?? env.model('stock.lot').create({ product_id: product.id, name, company_id: company })
}
