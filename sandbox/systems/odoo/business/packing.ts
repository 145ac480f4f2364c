import { UserError } from '../orm/errors.ts'
import type { Env, Rec, Value } from '../orm/model.ts'
import { namesOf } from './names.ts'
import { more } from './numbers.ts'

/** Puts what is not packed yet into one new package: the picked lines, or all where none is picked. */
export function putInPack(env: Env, transfers: readonly Rec[]): Value {
  const lines = transfers
    .flatMap((transfer) => transfer.many('move_line_ids'))
    .filter((line) => line.str('state') !== 'done' && !line.get('result_package_id') && more(line.num('quantity'), 0))
  const picked = lines.filter((line) => line.bool('picked'))
  const chosen = picked.length ? picked : lines
  if (!chosen.length) throw new UserError("Please add 'Done' quantities to the picking to create a new pack.")
  const pack = env.model(namesOf(env).package).create({})
  for (const line of chosen) line.set({ result_package_id: pack.id })
  return {
    name: 'Package Details',
    type: 'ir.actions.act_window',
    view_mode: 'form',
    res_model: namesOf(env).package,
    res_id: pack.id,
    target: 'new',
  }
}
