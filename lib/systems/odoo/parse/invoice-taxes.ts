import { absolute, add, type Decimal, isZero } from '../../../core/decimal.ts'
import type { Invoice } from '../../../documents/invoice.ts'
import { signed } from './amounts.ts'
import { kindOfLine } from './invoice-lines.ts'
import { defined, type Reading } from './reading.ts'

type Taxes = Invoice['taxes']

/**
 * Taxes by name, from the tax items of the invoice. The taxable amount is in the company's currency in Odoo, so it is
 * told only where that is the invoice's; 19 gives it the sign of the booking. A file without tax items has one row with all of it, by the name of the tax
 * where the lines have only one.
 */
export function taxesOf(move: Reading, total: Decimal): Taxes {
  const rows = move.rows('account.move.line', 'line_ids').filter((row) => kindOfLine(row) === 'tax')
  if (rows.length === 0) return isZero(total) ? [] : [{ id: onlyTax(move) ?? 'TAX', amount: total }]
  const own = move.idOf('company_currency_id')
  const foreign = own !== undefined && own !== move.idOf('currency_id')
  return [...Map.groupBy(rows, nameOf)].map(([id, same]) => {
    const taxable = same.map((row) => row.decimal('tax_base_amount'))
    const known = taxable.every((amount) => amount !== undefined) && !foreign
    return {
      id,
      ...defined({
        taxable: known
          ? add('0', ...taxable.flatMap((amount) => (amount === undefined ? [] : absolute(amount))))
          : undefined,
      }),
      amount: add('0', ...same.map((row) => signed(move, row))),
    }
  })
}

const nameOf = (row: Reading): string =>
  row.linked('account.tax', 'tax_line_id')?.text('name') ?? row.nameOf('tax_line_id') ?? row.text('name') ?? 'TAX'

/** The tax of all lines, where they have the same one. */
function onlyTax(move: Reading): string | undefined {
  const taxes = move
    .rows('account.move.line', 'invoice_line_ids', 'line_ids')
    .flatMap((row) => row.rows('account.tax', 'tax_ids'))
  const names = new Set(taxes.flatMap((tax) => tax.text('name') ?? []))
  return names.size === 1 ? [...names][0] : undefined
}
