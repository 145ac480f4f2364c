import { type Env, type Model, model, type Rec } from '../orm/model.ts'
import { boolean, char, integer, many2one, one2many, selection } from './fields.ts'

const usages = {
  supplier: 'Vendor Location',
  view: 'View',
  internal: 'Internal Location',
  customer: 'Customer Location',
  inventory: 'Inventory Loss',
  production: 'Production',
  transit: 'Transit Location',
}

const location = model({
  name: 'stock.location',
  description: 'Inventory Locations',
  order: 'complete_name, id',
  recName: 'complete_name',
  fields: {
    name: char({ required: true, string: 'Location Name' }),
    complete_name: char({
      readonly: true,
      store: true,
      depends: ['name', 'usage', 'location_id.complete_name'],
      compute: (record) => {
        const parent = record.one('location_id')
        return parent && record.str('usage') !== 'view'
          ? `${parent.str('complete_name')}/${record.str('name')}`
          : record.str('name')
      },
    }),
    usage: selection(usages, { required: true, default: 'internal' }),
    active: boolean({ default: true }),
    location_id: many2one('stock.location', { string: 'Parent Location' }),
    child_ids: one2many('stock.location', 'location_id'),
    warehouse_id: many2one('stock.warehouse'),
    company_id: many2one('res.company', { default: (env) => env.company.id }),
    barcode: char(),
    scrap_location: boolean({ until: 18 }),
    quant_ids: one2many('stock.quant', 'location_id'),
  },
  beforeCreate: (env, values) => {
    if (values.warehouse_id || typeof values.location_id !== 'number') return values
    return { ...values, warehouse_id: env.model('stock.location').get(values.location_id).get('warehouse_id') }
  },
})

const pickingType = model({
  name: 'stock.picking.type',
  description: 'Picking Type',
  order: 'sequence, id',
  displayName: (record) => [record.one('warehouse_id')?.str('name'), record.str('name')].filter(Boolean).join(': '),
  fields: {
    name: char({ required: true, translate: true }),
    code: selection(
      { incoming: 'Receipt', outgoing: 'Delivery', internal: 'Internal Transfer', mrp_operation: 'Manufacturing' },
      { required: true, default: 'incoming' },
    ),
    sequence_code: char({ required: true }),
    sequence: integer({ default: 1 }),
    active: boolean({ default: true }),
    warehouse_id: many2one('stock.warehouse'),
    company_id: many2one('res.company', { required: true, default: (env) => env.company.id }),
    default_location_src_id: many2one('stock.location', { required: true }),
    default_location_dest_id: many2one('stock.location', { required: true }),
    return_picking_type_id: many2one('stock.picking.type'),
    create_backorder: selection({ ask: 'Ask', always: 'Always', never: 'Never' }, { required: true, default: 'ask' }),
    reservation_method: selection(
      { at_confirm: 'At Confirmation', manual: 'Manually', by_date: 'Before scheduled date' },
      { required: true, default: 'at_confirm' },
    ),
    use_create_lots: boolean({ default: true }),
    use_existing_lots: boolean({ default: true }),
  },
})

const warehouse = model({
  name: 'stock.warehouse',
  description: 'Warehouse',
  order: 'sequence, id',
  fields: {
    name: char({ required: true }),
    code: char({ required: true, string: 'Short Name' }),
    active: boolean({ default: true }),
    sequence: integer({ default: 10 }),
    company_id: many2one('res.company', { required: true, default: (env) => env.company.id }),
    partner_id: many2one('res.partner', { string: 'Address', default: (env) => env.company.get('partner_id') }),
    view_location_id: many2one('stock.location'),
    lot_stock_id: many2one('stock.location'),
    in_type_id: many2one('stock.picking.type'),
    out_type_id: many2one('stock.picking.type'),
    int_type_id: many2one('stock.picking.type'),
    reception_steps: selection({ one_step: 'Receive and Store (1 step)' }, { required: true, default: 'one_step' }),
    delivery_steps: selection({ ship_only: 'Deliver (1 step)' }, { required: true, default: 'ship_only' }),
  },
  onCreate: (env, records) => {
    for (const record of records) furnish(env, record)
  },
})

/** Locations and operation types of a new warehouse. */
function furnish(env: Env, record: Rec): void {
  const company = record.num('company_id')
  const own = { company_id: company, warehouse_id: record.id }
  const locations = env.model('stock.location')
  const root = env.ref('stock.stock_location_locations')?.id ?? false
  const view = locations.create({ ...own, name: record.str('code'), usage: 'view', location_id: root })
  const stock = locations.create({ ...own, name: 'Stock', location_id: view.id })
  const outside = (name: string) => env.ref(`stock.stock_location_${name}`)?.id ?? false
  const types = env.model('stock.picking.type')
  const receipts = types.create({
    ...own,
    name: 'Receipts',
    code: 'incoming',
    sequence_code: 'IN',
    default_location_src_id: outside('suppliers'),
    default_location_dest_id: stock.id,
  })
  const deliveries = types.create({
    ...own,
    name: 'Delivery Orders',
    code: 'outgoing',
    sequence_code: 'OUT',
    sequence: 2,
    default_location_src_id: stock.id,
    default_location_dest_id: outside('customers'),
    return_picking_type_id: receipts.id,
    use_create_lots: false,
  })
  receipts.set({ return_picking_type_id: deliveries.id })
  const internal = types.create({
    ...own,
    name: 'Internal Transfers',
    code: 'internal',
    sequence_code: 'INT',
    sequence: 3,
    default_location_src_id: stock.id,
    default_location_dest_id: stock.id,
    use_create_lots: false,
  })
  record.set({
    view_location_id: view.id,
    lot_stock_id: stock.id,
    in_type_id: receipts.id,
    out_type_id: deliveries.id,
    int_type_id: internal.id,
  })
}

export const placeModels: Model[] = [location, pickingType, warehouse]
