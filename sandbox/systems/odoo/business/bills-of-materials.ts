import { type Env, type Extension, extension, type Model, model, type Rec } from '../orm/model.ts'
import { boolean, char, float, integer, many2many, many2one, one2many, related, selection } from './fields.ts'

/** What a variant is told apart by; the simulated company makes its variants by hand. */
const attributeValue = model({
  name: 'product.template.attribute.value',
  description: 'Product Template Attribute Value',
  order: 'id',
  fields: {
    name: char({ required: true }),
    attribute_id: integer({ string: 'Attribute' }),
    product_tmpl_id: many2one('product.template', { ondelete: 'cascade' }),
  },
})

const bill = model({
  name: 'mrp.bom',
  description: 'Bill of Material',
  order: 'sequence, id',
  displayName: (record) =>
    `${record.str('code') ? `${record.str('code')}: ` : ''}${record.one('product_tmpl_id')?.displayName() ?? ''}`,
  fields: {
    code: char({ string: 'Reference' }),
    active: boolean({ default: true }),
    type: selection({ normal: 'Manufacture this product', phantom: 'Kit' }, { required: true, default: 'normal' }),
    product_tmpl_id: many2one('product.template', { required: true, ondelete: 'restrict', string: 'Product' }),
    product_id: many2one('product.product', { string: 'Product Variant' }),
    bom_line_ids: one2many('mrp.bom.line', 'bom_id', { string: 'BoM Lines' }),
    product_qty: float({ required: true, default: 1, string: 'Quantity' }),
    product_uom_id: many2one('uom.uom', {
      required: true,
      default: (env) => env.ref('uom.product_uom_unit')?.id ?? false,
      string: 'Unit of Measure',
    }),
    sequence: integer(),
    company_id: many2one('res.company', { default: (env) => env.company.id }),
  },
  access: { write: managers(), create: managers(), unlink: managers(), read: readers() },
})

const billLine = model({
  name: 'mrp.bom.line',
  description: 'Bill of Material Line',
  order: 'sequence, id',
  recName: 'product_id',
  displayName: (record) => record.one('product_id')?.displayName() ?? '',
  fields: {
    bom_id: many2one('mrp.bom', { required: true, ondelete: 'cascade', string: 'Parent BoM' }),
    product_id: many2one('product.product', { required: true, string: 'Component' }),
    product_tmpl_id: many2one('product.template', { related: 'product_id.product_tmpl_id', store: true }),
    product_qty: float({ required: true, default: 1, string: 'Quantity' }),
    product_uom_id: many2one('uom.uom', {
      required: true,
      default: (env) => env.ref('uom.product_uom_unit')?.id ?? false,
      string: 'Product Unit of Measure',
    }),
    bom_product_template_attribute_value_ids: many2many('product.template.attribute.value', {
      string: 'Apply on Variants',
    }),
    sequence: integer({ default: 1 }),
    company_id: related('many2one', 'bom_id.company_id', { relation: 'res.company' }),
  },
  access: { write: managers(), create: managers(), unlink: managers(), read: readers() },
})

const ofTemplates = extension({
  extends: 'product.template',
  fields: {
    bom_ids: one2many('mrp.bom', 'product_tmpl_id', { string: 'Bill of Materials' }),
    is_kits: boolean({ compute: (template, env) => kitsOf(env, template.id).length > 0 }),
  },
  onWrite: (env, records, values) => {
    // A template takes its bills along.
    if ('active' in values)
      for (const record of records) {
        const all = env.with({ active_test: false }).model('mrp.bom')
        all.write(all.search([['product_tmpl_id', '=', record.id]]), { active: values.active ?? false })
      }
  },
})

const ofVariants = extension({
  extends: 'product.product',
  fields: {
    is_kits: boolean({ compute: (variant, env) => kitsOf(env, variant.num('product_tmpl_id')).some(fits(variant)) }),
    product_template_attribute_value_ids: many2many('product.template.attribute.value'),
  },
})

const ofMoves = extension({
  extends: 'stock.move',
  fields: { bom_line_id: many2one('mrp.bom.line', { string: 'BoM Line', ondelete: 'set null' }) },
})

export const billModels: (Model | Extension)[] = [attributeValue, bill, billLine, ofTemplates, ofVariants, ofMoves]

function managers(): string[] {
  return ['mrp.group_mrp_manager']
}

function readers(): string[] {
  const users = ['mrp.group_mrp_user', 'stock.group_stock_user', 'purchase.group_purchase_user']
  return [...managers(), ...users, 'sales_team.group_sale_salesman', 'account.group_account_invoice']
}

/** In a context that shows archived records archived bills make kits as well, as on live servers. */
const kitsOf = (env: Env, template: number): Rec[] =>
  env
    .sudo()
    .model('mrp.bom')
    .find([
      ['product_tmpl_id', '=', template],
      ['type', '=', 'phantom'],
      ['company_id', 'in', [false, env.company.id]],
    ])

const fits = (variant: Rec) => (bill: Rec) => !bill.get('product_id') || bill.num('product_id') === variant.id

/** The kit's bill that is used for a variant: the first in their order, its own before its template's. */
export function kitOf(env: Env, variant: Rec): Rec | undefined {
  const fitting = kitsOf(env, variant.num('product_tmpl_id')).filter((one) => one.bool('active') && fits(variant)(one))
  const own = (one: Rec) => (one.get('product_id') ? 0 : 1)
  return fitting.sort((a, b) => a.num('sequence') - b.num('sequence') || own(a) - own(b) || a.id - b.id)[0]
}
