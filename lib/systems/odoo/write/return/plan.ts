import { add, compare, type Decimal, isZero, subtract } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import { listed, problem } from '../work.ts'
import { type ReturnedMove, roomOf, type SentMove } from './sent.ts'
import type { Action } from './sign.ts'
import { called, namesOf, type Wanted } from './wanted.ts'

/** Goods of one move that come back now. */
export interface Piece {
  move: SentMove
  wanted: Wanted
  quantity: Decimal
}

/** One transfer that is to be made: what comes back of one delivery and has one thing done with it. */
export interface Part {
  deliveryId: number
  action: Action
  pieces: Piece[]
}

type Booked = ReadonlyMap<string, { productId: number; productName: string; action: Action; quantity: Decimal }>

/** What is told and not booked yet. Less than is booked is for a person: goods do not go back to a customer by themselves. */
export function difference(
  wanted: ReadonlyMap<string, Wanted>,
  booked: Booked,
): { missing: { wanted: Wanted; quantity: Decimal }[]; problems: Problem[] } {
  const problems: Problem[] = []
  for (const [key, { productName, action, quantity }] of booked) {
    const now = wanted.get(key)
    if (compare(now?.quantity ?? '0', quantity) >= 0) continue
    const message = `${productName}, ${action}: ${now?.quantity ?? 'none'} is told, and ${quantity} is booked in Odoo.`
    problems.push(problem('ODOO_RETURN_LESS', message, now?.line.path))
  }
  const missing = [...wanted.values()].flatMap((one) => {
    const quantity = subtract(one.quantity, booked.get(one.key)?.quantity ?? '0')
    return compare(quantity, '0') > 0 ? [{ wanted: one, quantity }] : []
  })
  return { missing, problems }
}

/**
 * Which moves take what back: of the same product, those that sent the lot first, then in the order of their ids; never
 * more than was sent less what is back, or on its way back by a return somebody else made.
 * @param others returns that are not this one's open ones
 * @param nameOf a transfer's name, for messages
 */
export function allot(
  missing: readonly { wanted: Wanted; quantity: Decimal }[],
  sent: readonly SentMove[],
  others: readonly ReturnedMove[],
  nameOf: (transfer: number) => string,
): { parts: Part[]; problems: Problem[] } {
  const problems: Problem[] = []
  const parts = new Map<string, Part>()
  const room = new Map(sent.map((move) => [move.id, roomOf(move, others)]))
  for (const { wanted, quantity } of missing) {
    const own = sent.filter(({ productId }) => productId === wanted.product.id)
    const lot = wanted.lot && 'id' in wanted.lot ? wanted.lot.id : undefined
    const first = own.filter(({ lots }) => lot !== undefined && lots.has(lot))
    let left = quantity
    for (const move of [...first, ...own.filter((one) => !first.includes(one))]) {
      const free = room.get(move.id) ?? '0'
      const takes = compare(free, left) < 0 ? free : left
      if (compare(takes, '0') <= 0) continue
      room.set(move.id, subtract(free, takes))
      left = subtract(left, takes)
      const key = `${move.transfer.id}/${wanted.action}`
      const part = parts.get(key) ?? { deliveryId: move.transfer.id, action: wanted.action, pieces: [] }
      part.pieces.push({ move, wanted, quantity: takes })
      parts.set(key, part)
    }
    if (!isZero(left)) problems.push(exceeds(wanted, quantity, { own, sent, others, nameOf }))
  }
  return { parts: [...parts.values()], problems }
}

function exceeds(
  wanted: Wanted,
  quantity: Decimal,
  {
    own,
    sent,
    others,
    nameOf,
  }: {
    own: readonly SentMove[]
    sent: readonly SentMove[]
    others: readonly ReturnedMove[]
    nameOf: (transfer: number) => string
  },
): Problem {
  const { path } = wanted.line
  if (own.length === 0)
    return problem(
      'ODOO_RETURN_EXCEEDS',
      `${quantity} ${called(wanted)}: none of it was sent with ${namesOf(sent)}.`,
      path,
    )
  const back = others.filter(({ of }) => own.some(({ id }) => id === of))
  const went = add('0', ...own.map((one) => one.quantity))
  const already =
    back.length === 0
      ? ''
      : `, of which ${add('0', ...back.map((one) => one.quantity))} is back on ${listed([...new Set(back.map(({ transferId }) => nameOf(transferId)))])}`
  return problem(
    'ODOO_RETURN_EXCEEDS',
    `${quantity} more came back of ${called(wanted)}: ${went} was sent with ${namesOf(own)}${already}.`,
    path,
  )
}

/** Pieces of one move together. */
export function byMove(pieces: readonly Piece[]): { move: SentMove; quantity: Decimal; pieces: Piece[] }[] {
  const found = new Map<number, { move: SentMove; quantity: Decimal; pieces: Piece[] }>()
  for (const piece of pieces) {
    const one = found.get(piece.move.id) ?? { move: piece.move, quantity: '0', pieces: [] }
    one.quantity = add(one.quantity, piece.quantity)
    one.pieces.push(piece)
    found.set(piece.move.id, one)
  }
  return [...found.values()]
}
