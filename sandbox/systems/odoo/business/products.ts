import { UserError, ValidationError } from '../orm/errors.ts'
import { type Env, type Field, type Model, model, type Rec, type Values } from '../orm/model.ts'
import { boolean, char, float, integer, many2many, many2one, one2many, selection, text } from './fields.ts'
import { quantityFields } from './quantities.ts'

/** What a template of one variant passes on to it, both ways. */
const ofTheVariant = ['default_code', 'barcode', 'standard_price', 'weight', 'volume'] as const

const category = model({
  name: 'product.category',
  description: 'Product Category',
  order: 'complete_name',
  recName: 'complete_name',
  fields: {
    name: char({ required: true }),
    parent_id: many2one('product.category', { string: 'Parent Category' }),
    complete_name: char({
      readonly: true,
      store: true,
      depends: ['name', 'parent_id.complete_name'],
      compute: (record) =>
        [record.one('parent_id')?.str('complete_name'), record.str('name')].filter(Boolean).join(' / '),
    }),
  },
})

const variantField = (name: string, field: Field): Field => ({
  ...field,
  compute: (record) => onlyVariant(record)?.get(name) ?? (field.type === 'float' ? 0 : false),
  write: (record, value) => onlyVariant(record)?.set({ [name]: value }),
})

function onlyVariant(template: Rec): Rec | undefined {
  const variants = template.many('product_variant_ids')
  return variants.length === 1 ? variants[0] : undefined
}

const coded = (record: Rec): string => {
  const code = record.str('default_code')
  return code ? `[${code}] ${record.str('name')}` : record.str('name')
}

const template = model({
  name: 'product.template',
  description: 'Product',
  order: 'name',
  displayName: coded,
  searchNames: ['name', 'default_code'],
  fields: {
    name: char({ required: true, translate: true }),
    active: boolean({ default: true }),
    type: selection({ consu: 'Goods', service: 'Service', combo: 'Combo' }, { required: true, default: 'consu' }),
    is_storable: boolean({ string: 'Track Inventory' }),
    tracking: selection(
      { serial: 'By Unique Serial Number', lot: 'By Lots', none: 'By Quantity' },
      { required: true, default: 'none' },
    ),
    use_expiration_date: boolean(),
    expiration_time: integer({ string: 'Expiration Date' }),
    use_time: integer({ string: 'Best Before Date' }),
    removal_time: integer({ string: 'Removal Date' }),
    alert_time: integer({ string: 'Alert Date' }),
    hs_code: char({ string: 'HS Code' }),
    country_of_origin: many2one('res.country', { string: 'Origin of Goods' }),
    weight_uom_name: char({ string: 'Weight unit of measure label', compute: () => 'kg' }),
    list_price: float({ default: 1, digits: (version) => (version === 18 ? 2 : undefined), string: 'Sales Price' }),
    uom_id: many2one('uom.uom', { required: true, default: (env) => env.ref('uom.product_uom_unit')?.id ?? false }),
    uom_po_id: many2one('uom.uom', { until: 18, string: 'Purchase Unit' }),
    categ_id: many2one('product.category', {
      required: (version) => version === 18,
      default: (env) => (env.version === 18 ? (env.ref('product.product_category_all')?.id ?? false) : false),
      string: 'Product Category',
    }),
    sale_ok: boolean({ default: true }),
    purchase_ok: boolean({ default: true }),
    invoice_policy: selection({ order: 'Ordered quantities', delivery: 'Delivered quantities' }, { default: 'order' }),
    purchase_method: selection(
      { purchase: 'On ordered quantities', receive: 'On received quantities' },
      { default: 'receive' },
    ),
    description_sale: text({ translate: true }),
    description_purchase: text({ translate: true }),
    taxes_id: many2many('account.tax', { default: (env) => defaultTax(env.company, 'account_sale_tax_id') }),
    supplier_taxes_id: many2many('account.tax', {
      default: (env) => defaultTax(env.company, 'account_purchase_tax_id'),
    }),
    seller_ids: one2many('product.supplierinfo', 'product_tmpl_id'),
    sale_delay: integer(),
    company_id: many2one('res.company'),
    currency_id: many2one('res.currency', { compute: (_record, env) => env.company.get('currency_id') }),
    product_variant_ids: one2many('product.product', 'product_tmpl_id'),
    product_variant_id: many2one('product.product', {
      compute: (record) => record.many('product_variant_ids')[0]?.id ?? false,
    }),
    product_variant_count: integer({ compute: (record) => record.many('product_variant_ids').length }),
    default_code: variantField('default_code', char({ string: 'Internal Reference' })),
    barcode: variantField('barcode', char()),
    standard_price: variantField('standard_price', float({ string: 'Cost' })),
    weight: variantField('weight', float()),
    volume: variantField('volume', float()),
  },
  beforeCreate: (env, values) => {
    const filled = { ...values }
    if (env.version === 18 && !filled.uom_po_id && filled.uom_id) filled.uom_po_id = filled.uom_id
    if ('create_product_product' in env.context || 'product_variant_ids' in filled) return filled
    const variant: Values = {}
    for (const name of ofTheVariant)
      if (name in filled) {
        variant[name] = filled[name] ?? false
        delete filled[name]
      }
    return { ...filled, product_variant_ids: [[0, 0, variant]] }
  },
  onWrite: (env, records, values) => {
    // Archiving goes down to the variants, and a change of the template is a change of all of them (odoo.md §4.5).
    for (const record of records) {
      const variants = env
        .with({ active_test: false })
        .model('product.product')
        .search([['product_tmpl_id', '=', record.id]])
      if ('active' in values) env.model('product.product').write(variants, { active: values.active ?? false })
      else env.model('product.product').touch(variants)
    }
  },
})

const defaultTax = (company: Rec, field: string) => {
  const tax = company.get(field)
  return typeof tax === 'number' ? [[6, 0, [tax]]] : []
}

const product = model({
  name: 'product.product',
  description: 'Product Variant',
  order: 'default_code, name, id',
  displayName: coded,
  searchNames: ['default_code', 'name', 'barcode'],
  inherits: { 'product.template': { field: 'product_tmpl_id', context: { create_product_product: true } } },
  fields: {
    product_tmpl_id: many2one('product.template', { required: true, ondelete: 'cascade', string: 'Product Template' }),
    active: boolean({ default: true }),
    default_code: char({ string: 'Internal Reference' }),
    barcode: char({ copy: false }),
    standard_price: float({ companyDependent: true, string: 'Cost' }),
    weight: float(),
    volume: float(),
    lst_price: float({
      string: 'Sales Price',
      compute: (record) => record.num('list_price'),
      write: (record, value) => record.set({ list_price: value }),
    }),
    ...quantityFields,
  },
  constraints: [{ fields: ['barcode'], check: ownBarcode }],
  beforeUnlink: (env, records) => {
    const moved = env.model('stock.move').count([['product_id', 'in', records.map((record) => record.id)]])
    if (moved)
      throw new UserError(
        'The operation cannot be completed: another model requires the record being deleted. If possible, archive it instead.',
      )
  },
  access: { create: ['product.group_product_manager'], unlink: ['product.group_product_manager'] },
})

function ownBarcode(env: Env, record: Rec): void {
  const barcode = record.str('barcode')
  if (!barcode) return
  const others = env.model('product.product').find([
    ['barcode', '=', barcode],
    ['id', '!=', record.id],
  ])
  if (others.length)
    throw new ValidationError(
      `Barcode(s) already assigned:\n\n- Barcode "${barcode}" already assigned to product(s): ${[...others, record].map((one) => one.displayName()).join(', ')}`,
    )
}

export const productModels: Model[] = [category, template, product]
