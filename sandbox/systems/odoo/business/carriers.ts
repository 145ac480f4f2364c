import { type Model, model } from '../orm/model.ts'
import { boolean, char, float, integer, many2one, selection } from './fields.ts'

const carrier = model({
  name: 'delivery.carrier',
  description: 'Shipping Methods',
  order: 'sequence, id',
  fields: {
    name: char({ required: true, translate: true, string: 'Delivery Method' }),
    active: boolean({ default: true }),
    sequence: integer({ default: 10 }),
    delivery_type: selection(
      { base_on_rule: 'Based on Rules', fixed: 'Fixed Price' },
      { required: true, default: 'fixed', string: 'Provider' },
    ),
    product_id: many2one('product.product', { required: true, string: 'Delivery Product' }),
    fixed_price: float(),
    invoice_policy: selection(
      { estimated: 'Estimated cost', real: 'Real cost' },
      { required: true, default: 'estimated' },
    ),
    tracking_url: char({ string: 'Tracking Link' }),
    company_id: many2one('res.company'),
  },
})

export const carrierModels: Model[] = [carrier]
