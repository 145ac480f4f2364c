import type { Env, Rec } from '../../orm/model.ts'
import { openMoves } from '../moves.ts'
import { namesOf } from '../names.ts'
import { more, round } from '../numbers.ts'
import { convert } from '../uom.ts'
import { codeOf } from './find.ts'

export interface Packed {
  /** Name of the pack, its SSCC for example; Odoo's own number where absent. */
  name?: string
  /** Name of a package type that is there, or is made. */
  type?: string
  weight?: number
  /** Quantities in the product's unit, by internal reference. */
  lines: readonly { item: string; quantity: number }[]
}

const linesToPack = (transfer: Rec): Rec[] => {
  const lines = openMoves(transfer)
    .flatMap((move) => move.many('move_line_ids'))
    .filter((line) => more(line.num('quantity'), 0))
  const picked = lines.filter((line) => line.bool('picked'))
  return picked.length ? picked : lines
}

/** Lines dealt out to so many packs, each line whole. */
export function dealOut(transfer: Rec, count: number): Packed[] {
  const lines = linesToPack(transfer)
  const packs = Math.min(count, lines.length)
  return Array.from({ length: packs }, (_, at) => ({
    lines: lines
      .filter((_line, number) => number % packs === at)
      .map((line) => ({ item: codeOf(line), quantity: line.num('quantity_product_uom') })),
  }))
}

/** Puts what goes out into packs; a line that goes into several is split, lots stay with it. */
export function packInto(env: Env, transfer: Rec, packs: readonly Packed[]): void {
  for (const pack of packs) {
    const record = env.model(namesOf(env).package).create({
      ...(pack.name ? { name: pack.name } : {}),
      ...(pack.type ? { package_type_id: typeOf(env, pack.type) } : {}),
      ...(pack.weight ? { shipping_weight: pack.weight } : {}),
    })
    for (const { item, quantity } of pack.lines) fill(env, transfer, record, item, quantity)
  }
  for (const line of linesToPack(transfer)) if (line.get('result_package_id')) line.set({ picked: true })
}

function fill(env: Env, transfer: Rec, pack: Rec, item: string, quantity: number): void {
  let left = quantity
  for (const line of linesToPack(transfer)) {
    if (!more(left, 0)) return
    if (codeOf(line) !== item || line.get('result_package_id')) continue
    const whole = line.num('quantity_product_uom')
    const taken = Math.min(whole, left)
    left = round(left - taken, 6)
    if (more(whole, taken)) split(env, line, taken, pack)
    else line.set({ result_package_id: pack.id })
  }
  if (more(left, 0))
    throw new Error(`${left} of ${item} in pack ${pack.str('name')} are not on ${transfer.str('name')}`)
}

function split(env: Env, line: Rec, taken: number, pack: Rec): void {
  const quantity = convert(env, taken, line.one('product_id')?.one('uom_id'), line.one('product_uom_id'))
  const copied = [
    'move_id',
    'picking_id',
    'product_uom_id',
    'location_id',
    'location_dest_id',
    'lot_id',
    'lot_name',
    'package_id',
    'picked',
  ]
  line.set({ quantity: round(line.num('quantity') - quantity, 6) })
  env.model('stock.move.line').create({
    ...Object.fromEntries(copied.map((name) => [name, line.get(name)])),
    quantity,
    result_package_id: pack.id,
  })
}

function typeOf(env: Env, name: string): number {
  const types = env.model('stock.package.type')
  return (types.find([['name', '=', name]], { limit: 1 })[0] ?? types.create({ name })).id
}
