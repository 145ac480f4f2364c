import type { Rec } from '../orm/model.ts'
import { type TaxedAmount, taxed } from './taxes.ts'

export const isInvoice = (move: Rec): boolean => move.str('move_type') !== 'entry'
export const isSale = (move: Rec): boolean => move.str('move_type').startsWith('out_')

/** A customer's invoice and a vendor's credit note stand on the credit side. */
export const signOf = (move: Rec): 1 | -1 =>
  ['out_invoice', 'out_receipt', 'in_refund'].includes(move.str('move_type')) ? -1 : 1

/** What a line of an invoice comes to; nothing for lines that have no price. */
export function amounts(record: Rec): TaxedAmount {
  const plain = !['product', ''].includes(record.str('display_type'))
  const price = plain ? 0 : record.num('price_unit') * (1 - record.num('discount') / 100)
  return taxed(price, record.num('quantity'), record.many('tax_ids'))
}
