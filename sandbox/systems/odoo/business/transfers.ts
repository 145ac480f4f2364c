import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec } from '../orm/model.ts'
import { boolean, char, datetime, float, html, many2one, one2many, selection } from './fields.ts'
import { openMoves } from './moves.ts'
import { putInPack } from './packing.ts'
import { assign, cancelMoves, confirmMoves, unreserve } from './reserve.ts'
import { validate } from './validate.ts'

const transfer = model({
  name: 'stock.picking',
  description: 'Transfer',
  order: 'priority desc, scheduled_date asc, id desc',
  fields: {
    name: char({ default: '/', copy: false, string: 'Reference' }),
    origin: char({ string: 'Source Document' }),
    state: selection(
      {
        draft: 'Draft',
        waiting: 'Waiting Another Operation',
        confirmed: 'Waiting',
        assigned: 'Ready',
        done: 'Done',
        cancel: 'Cancelled',
      },
      { store: true, readonly: true, depends: ['move_ids.state', 'move_type'], compute: (record) => stateOf(record) },
    ),
    picking_type_id: many2one('stock.picking.type', { required: true, string: 'Operation Type' }),
    picking_type_code: selection(
      { incoming: 'Receipt', outgoing: 'Delivery', internal: 'Internal Transfer', mrp_operation: 'Manufacturing' },
      { related: 'picking_type_id.code', store: true, readonly: true },
    ),
    partner_id: many2one('res.partner', { string: 'Contact' }),
    company_id: many2one('res.company'),
    user_id: many2one('res.users', { string: 'Responsible' }),
    location_id: many2one('stock.location', { required: true, string: 'Source Location' }),
    location_dest_id: many2one('stock.location', { required: true, string: 'Destination Location' }),
    move_ids: one2many('stock.move', 'picking_id'),
    move_ids_without_package: one2many('stock.move', 'picking_id', { until: 18 }),
    move_line_ids: one2many('stock.move.line', 'picking_id'),
    move_type: selection(
      { direct: 'As soon as possible', one: 'When all products are ready' },
      { required: true, default: 'direct', string: 'Shipping Policy' },
    ),
    priority: selection({ '0': 'Normal', '1': 'Urgent' }, { default: '0' }),
    scheduled_date: datetime({
      store: true,
      depends: ['move_ids.date', 'move_ids.state'],
      compute: (record, env) =>
        openMoves(record)
          .map((move) => move.str('date'))
          .sort()[0] ??
        (record.str('scheduled_date') || env.now()),
      write: (record, value) => {
        for (const move of openMoves(record)) move.set({ date: value })
      },
    }),
    date: datetime({ until: 18, default: (env) => env.now(), string: 'Creation Date' }),
    date_deadline: datetime(),
    date_done: datetime({ readonly: true, copy: false }),
    backorder_id: many2one('stock.picking', { readonly: true, copy: false, string: 'Back Order of' }),
    backorder_ids: one2many('stock.picking', 'backorder_id'),
    return_id: many2one('stock.picking', { readonly: true, copy: false, string: 'Return of' }),
    return_ids: one2many('stock.picking', 'return_id'),
    sale_id: many2one('sale.order', { string: 'Sales Order' }),
    purchase_id: many2one('purchase.order', { readonly: true }),
    carrier_id: many2one('delivery.carrier'),
    carrier_tracking_ref: char({ copy: false, string: 'Tracking Reference' }),
    carrier_price: float(),
    weight: float({
      compute: (record) =>
        record
          .many('move_ids')
          .filter((move) => move.str('state') !== 'cancel')
          .reduce((total, move) => total + move.num('product_qty') * (move.one('product_id')?.num('weight') ?? 0), 0),
    }),
    shipping_weight: float(),
    note: html(),
    is_locked: boolean({ default: true }),
    owner_id: many2one('res.partner'),
  },
  beforeCreate: (env, values) => {
    const type = env.model('stock.picking.type').get(Number(values.picking_type_id))
    return {
      location_id: type.get('default_location_src_id'),
      location_dest_id: type.get('default_location_dest_id'),
      company_id: type.get('company_id'),
      ...values,
      name: values.name && values.name !== '/' ? values.name : nameOf(env, type),
    }
  },
  beforeWrite: (_env, records, values) => {
    if (values.picking_type_id && records.some((one) => ['done', 'cancel'].includes(one.str('state'))))
      throw new UserError('Changing the operation type of this record is forbidden at this point.')
    return values
  },
  onWrite: (env, records, values) => {
    // Moves that are added to a transfer that is confirmed are confirmed, too (live).
    for (const one of 'move_ids' in values ? records : []) {
      const moves = one.many('move_ids')
      if (moves.some((move) => move.str('state') !== 'draft'))
        confirmMoves(
          env.sudo(),
          moves.filter((move) => move.str('state') === 'draft'),
        )
    }
  },
  methods: {
    action_confirm: { run: (env, { ids }) => each(env, ids, (one) => confirmMoves(env.sudo(), one.many('move_ids'))) },
    action_assign: {
      run: (env, { ids }) =>
        each(env, ids, (one) => {
          confirmMoves(env.sudo(), one.many('move_ids'))
          assign(env.sudo(), one.many('move_ids'))
        }),
    },
    do_unreserve: {
      run: (env, { ids }) => {
        each(env, ids, (one) => unreserve(env.sudo(), openMoves(one)))
        return undefined
      },
    },
    action_cancel: { run: (env, { ids }) => each(env, ids, (one) => cancelMoves(env.sudo(), one.many('move_ids'))) },
    action_put_in_pack: { run: (env, { ids }) => putInPack(env.sudo(), env.sudo().model('stock.picking').browse(ids)) },
    button_validate: { run: (env, { ids }) => validate(env, env.sudo().model('stock.picking').browse(ids)) },
  },
})

export const transferModels: Model[] = [transfer]

function each(env: Env, ids: readonly number[], work: (one: Rec) => void): true {
  for (const id of ids) work(env.sudo().model('stock.picking').get(id))
  return true
}

function nameOf(env: Env, type: Rec): string {
  const prefix = [type.one('warehouse_id')?.str('code'), type.str('sequence_code')].filter(Boolean).join('/')
  return `${prefix}/${String(env.next(`transfers ${type.id}`)).padStart(5, '0')}`
}

function stateOf(record: Rec): string {
  const states = record.many('move_ids').map((move) => move.str('state'))
  if (!states.length || states.includes('draft')) return 'draft'
  if (states.every((state) => state === 'cancel')) return 'cancel'
  const open = states.filter((state) => state !== 'cancel' && state !== 'done')
  if (!open.length) return 'done'
  const ready = open.filter((state) => state === 'assigned' || state === 'partially_available')
  if (record.str('move_type') === 'one') return open.every((state) => state === 'assigned') ? 'assigned' : 'confirmed'
  return ready.length ? 'assigned' : 'confirmed'
}
