import type { Env, Rec, Values } from '../../orm/model.ts'
import { openMoves } from '../moves.ts'
import { type Company, codeOf, type Made, made, named } from './find.ts'
import { dealOut, type Packed, packInto } from './pack.ts'

export interface TransferOptions {
  /** By internal reference, in the product's unit: only this much; the rest becomes a backorder. Everything if absent. */
  quantities?: { readonly [item: string]: number }
  /** By internal reference: lots with how much of each. Replaces what was reserved. */
  lots?: { readonly [item: string]: readonly { lot: string; quantity: number; expires?: string }[] }
  /** True: what is missing is not expected any more. */
  closeShort?: boolean
}

export interface DeliveryOptions extends TransferOptions {
  /** Number of packs the lines are dealt out to, or what each pack holds. Nothing is packed if absent. */
  packages?: number | readonly Packed[]
  tracking?: string
  /** Name of the carrier. */
  carrier?: string
}

export type Transferred = Made & { backorder?: string }

/** The warehouse sends a delivery. @throws UserError as Odoo answers it, where a lot is missing for example */
export function shipDelivery(company: Company, name: string, options: DeliveryOptions = {}): Transferred {
  return company.sudo((env) => {
    const transfer = named(env, 'stock.picking', name)
    const { packages, tracking, carrier } = options
    if (carrier) transfer.set({ carrier_id: named(env, 'delivery.carrier', carrier).id })
    if (tracking) transfer.set({ carrier_tracking_ref: tracking })
    prepare(env, transfer, options)
    if (packages !== undefined)
      packInto(env, transfer, typeof packages === 'number' ? dealOut(transfer, packages) : packages)
    return book(env, transfer, options)
  })
}

/** The warehouse books a receipt by hand. */
export function receiveTransfer(company: Company, name: string, options: TransferOptions = {}): Transferred {
  return company.sudo((env) => {
    const transfer = named(env, 'stock.picking', name)
    prepare(env, transfer, options)
    return book(env, transfer, options)
  })
}

/** Sends back what a done transfer moved: everything, or so much of each product, and books it. */
export function takeBack(
  company: Company,
  name: string,
  options: { quantities?: { readonly [item: string]: number }; book?: boolean } = {},
): Transferred {
  return company.sudo((env) => {
    const from = named(env, 'stock.picking', name)
    const context = { active_model: 'stock.picking', active_id: from.id, active_ids: [from.id] }
    const wizard = env.with(context).model('stock.return.picking').create({})
    for (const line of wizard.many('product_return_moves')) {
      const wanted = options.quantities ? (options.quantities[codeOf(line)] ?? 0) : line.num('move_quantity')
      line.set({ quantity: wanted })
    }
    const action = env.model('stock.return.picking').call('action_create_returns', [wizard.id]) as { res_id: number }
    const back = env.model('stock.picking').get(action.res_id)
    return options.book === false ? made(back) : book(env, back, {})
  })
}

function prepare(env: Env, transfer: Rec, { quantities, lots }: TransferOptions): void {
  for (const move of openMoves(transfer)) {
    const item = codeOf(move)
    const given = lots?.[item]
    if (given) {
      env.model('stock.move.line').unlink(move.many('move_line_ids').map((line) => line.id))
      for (const { lot, quantity, expires } of given)
        env.model('stock.move.line').create({
          move_id: move.id,
          picking_id: transfer.id,
          quantity,
          picked: true,
          ...lotValues(env, move, lot),
          ...(expires ? { expiration_date: expires } : {}),
        })
    } else if (quantities) {
      const wanted = quantities[item] ?? 0
      if (wanted > 0) move.set({ quantity: wanted, picked: true })
    }
  }
}

/** A lot that is known, or the name of a new one. */
function lotValues(env: Env, move: Rec, lot: string): Values {
  const [known] = env.model('stock.lot').find([
    ['product_id', '=', move.num('product_id')],
    ['name', '=', lot],
  ])
  return known ? { lot_id: known.id } : { lot_name: lot }
}

function book(env: Env, transfer: Rec, { closeShort }: TransferOptions): Transferred {
  const context = {
    skip_backorder: true,
    skip_sms: true,
    ...(closeShort ? { picking_ids_not_to_backorder: [transfer.id] } : {}),
  }
  env.with(context).model('stock.picking').call('button_validate', [transfer.id])
  const backorder = transfer.many('backorder_ids')[0]?.str('name')
  return { ...made(transfer), ...(backorder ? { backorder } : {}) }
}
