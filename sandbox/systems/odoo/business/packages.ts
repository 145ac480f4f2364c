import { type Field, type Model, model, type Rec, type Version } from '../orm/model.ts'
import { boolean, char, date, float, integer, many2one, one2many, selection } from './fields.ts'

const packageType = model({
  name: 'stock.package.type',
  description: 'Stock package type',
  order: 'sequence, id',
  fields: {
    name: char({ required: true, string: 'Package Type' }),
    sequence: integer({ default: 1 }),
    barcode: char(),
    base_weight: float(),
    max_weight: float(),
    packaging_length: integer(),
    width: integer(),
    height: integer(),
    shipper_package_code: char(),
  },
})

const fields: { [name: string]: Field } = {
  name: char({ required: true, string: 'Package Reference', default: (env) => nextName(env.next('stock package')) }),
  package_type_id: many2one('stock.package.type'),
  quant_ids: one2many('stock.quant', 'package_id'),
  location_id: many2one('stock.location', {
    compute: (record) =>
      record
        .many('quant_ids')
        .find((quant) => quant.num('quantity') > 0)
        ?.get('location_id') ?? false,
  }),
  company_id: many2one('res.company', { default: (env) => env.company.id }),
  owner_id: many2one('res.partner'),
  pack_date: date({ default: (env) => env.today() }),
  shipping_weight: float({ string: 'Shipping Weight' }),
  weight: float({
    compute: (record) =>
      record
        .many('quant_ids')
        .reduce((total, quant) => total + quant.num('quantity') * (quant.one('product_id')?.num('weight') ?? 0), 0),
  }),
  valid_sscc: boolean({ compute: (record) => isSscc(record.str('name')) }),
}

/** The same thing under two names (odoo.md §12). */
const packageOf = (version: Version): Model =>
  model({
    name: version === 18 ? 'stock.quant.package' : 'stock.package',
    description: version === 18 ? 'Packages' : 'Package',
    since: version,
    until: version,
    order: 'name, id',
    fields: {
      ...fields,
      ...(version === 18
        ? {
            package_use: selection(
              { disposable: 'Disposable Box', reusable: 'Reusable Box' },
              { required: true, default: 'disposable' },
            ),
          }
        : {
            parent_package_id: many2one('stock.package'),
            complete_name: char({ compute: (record: Rec) => record.str('name') }),
          }),
    },
  })

export const packageModels: Model[] = [packageType, packageOf(18), packageOf(19)]

const nextName = (number: number): string => `PACK${String(number).padStart(7, '0')}`

/** Eighteen digits of which the last checks the others. */
function isSscc(name: string): boolean {
  if (!/^\d{18}$/.test(name)) return false
  const total = [...name].slice(0, 17).reduce((sum, digit, at) => sum + Number(digit) * (at % 2 ? 1 : 3), 0)
  return (10 - (total % 10)) % 10 === Number(name[17])
}
