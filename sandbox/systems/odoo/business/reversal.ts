import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Value } from '../orm/model.ts'
import { char, date, many2many, many2one } from './fields.ts'
import { idsOf } from './numbers.ts'

/** The dialog that makes credit notes. */
const reversal = model({
  name: 'account.move.reversal',
  description: 'Account Move Reversal',
  fields: {
    move_ids: many2many('account.move', { default: (env) => [[6, 0, idsOf(env.context.active_ids)]] }),
    new_move_ids: many2many('account.move'),
    date: date({ default: (env) => env.today() }),
    reason: char(),
    journal_id: many2one('account.journal'),
    company_id: many2one('res.company', { default: (env) => env.company.id }),
  },
  methods: {
    reverse_moves: { params: ['is_modify?'], run: (env, { ids }) => reverse(env.sudo(), ids) },
    refund_moves: { run: (env, { ids }) => reverse(env.sudo(), ids) },
  },
})

export const reversalModels: Model[] = [reversal]

function reverse(env: Env, ids: readonly number[]): Value {
  const made: Rec[] = []
  for (const wizard of env.model('account.move.reversal').browse(ids)) {
    for (const move of wizard.many('move_ids')) {
      if (move.str('state') !== 'posted') throw new UserError('You can only reverse posted moves.')
      made.push(mirror(env, move, wizard))
    }
    wizard.set({ new_move_ids: [[6, 0, made.map((one) => one.id)]] })
  }
  return {
    name: 'Reverse Moves',
    type: 'ir.actions.act_window',
    res_model: 'account.move',
    view_mode: made.length === 1 ? 'form' : 'list,form',
    ...(made.length === 1 ? { res_id: made[0]?.id ?? false } : { domain: [['id', 'in', made.map((one) => one.id)]] }),
    context: {},
  }
}

/** The same lines the other way round: a draft credit note of an invoice, a posted reversal of a plain entry. */
function mirror(env: Env, move: Rec, wizard: Rec): Rec {
  const reason = wizard.str('reason')
  const common = {
    ref: `Reversal of: ${move.str('name')}${reason ? `, ${reason}` : ''}`,
    date: wizard.get('date') || env.today(),
    journal_id: wizard.get('journal_id') || move.get('journal_id'),
    company_id: move.get('company_id'),
    partner_id: move.get('partner_id'),
    reversed_entry_id: move.id,
  }
  if (move.str('move_type') === 'entry') {
    const lines = move.many('line_ids').map((line) => [
      0,
      0,
      {
        account_id: line.get('account_id'),
        name: line.get('name'),
        partner_id: line.get('partner_id'),
        balance: -line.num('balance'),
        analytic_distribution: line.get('analytic_distribution'),
      },
    ])
    const entry = env.model('account.move').create({ ...common, move_type: 'entry', line_ids: lines })
    env.model('account.move').call('action_post', [entry.id])
    return entry
  }
  const copied = [
    'display_type',
    'sequence',
    'name',
    'product_id',
    'product_uom_id',
    'quantity',
    'price_unit',
    'discount',
    'account_id',
    'purchase_line_id',
  ]
  const lines = move.many('invoice_line_ids').map((line) => [
    0,
    0,
    {
      ...Object.fromEntries(copied.map((name) => [name, line.get(name)])),
      tax_ids: [[6, 0, idsOf(line.get('tax_ids'))]],
      sale_line_ids: [[6, 0, idsOf(line.get('sale_line_ids'))]],
    },
  ])
  return env.model('account.move').create({
    ...common,
    move_type: move.str('move_type').replace('invoice', 'refund'),
    invoice_date: wizard.get('date') || env.today(),
    currency_id: move.get('currency_id'),
    partner_shipping_id: move.get('partner_shipping_id'),
    invoice_origin: move.get('invoice_origin'),
    invoice_line_ids: lines,
  })
}
