import { type Model, model } from '../orm/model.ts'
import { char, float, many2one } from './fields.ts'

/** Barcodes of cases and pallets: a packaging with a quantity up to 18, a unit of the product from 19 on (odoo.md §12). */
const packaging = model({
  name: 'product.packaging',
  until: 18,
  description: 'Product Packaging',
  order: 'product_id, id',
  fields: {
    name: char({ required: true, string: 'Product Packaging' }),
    product_id: many2one('product.product', { required: true, ondelete: 'cascade' }),
    qty: float({ default: 1, string: 'Contained Quantity' }),
    barcode: char(),
    company_id: many2one('res.company'),
  },
})

const productUnit = model({
  name: 'product.uom',
  since: 19,
  description: 'Link between products and their UoMs',
  order: 'id',
  fields: {
    product_id: many2one('product.product', { required: true, ondelete: 'cascade' }),
    uom_id: many2one('uom.uom', { required: true }),
    barcode: char({ required: true }),
    company_id: many2one('res.company'),
  },
})

export const packagingModels: Model[] = [packaging, productUnit]
