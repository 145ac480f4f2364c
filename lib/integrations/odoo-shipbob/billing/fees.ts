import type { Findings } from '../../../core/findings.ts'
import { cell, rowsBy } from '../../../core/table-index.ts'
import type { Tables } from '../../../core/tables.ts'
import type { ServiceInvoice } from '../../../documents/service-invoice.ts'

type Charge = ServiceInvoice['charges'][number]

/** What a fee is booked to. */
export interface Booking {
  account: string
  costCentre?: string
  taxes: string[]
}

const everyOther = '*'

/** Bookings of the fees of an invoice by their names. Every fee that has none is named at once, with what it comes to. */
export function bookingsOf({ fees }: Tables, charges: readonly Charge[], find: Findings): ReadonlyMap<string, Booking> {
  const found = new Map<string, Booking>()
  for (const fee of new Set(charges.map((charge) => charge.fee))) {
    const own = rowsBy(fees, 'fee', fee)
    const [row, ...others] = own.length > 0 ? own : rowsBy(fees, 'fee', everyOther)
    const path = charges.find((charge) => charge.fee === fee)?.path
    const called = fee === '' ? 'a charge without a name' : `"${fee}"`
    if (!row)
      find.hold('FEE_UNKNOWN', `The fee ${called} is not in the fees table.`, path, { table: 'fees', cells: { fee } })
    else if (others.length > 0)
      find.hold('FEE_AMBIGUOUS', `The fee ${called} has ${others.length + 1} rows in the fees table.`, path)
    else {
      const costCentre = cell(row, 'costCentre')
      const taxes = cell(row, 'taxes')
        .split(';')
        .flatMap((name) => name.trim() || [])
      found.set(fee, { account: cell(row, 'account'), ...(costCentre === '' ? {} : { costCentre }), taxes })
      find.decide({
        field: 'account',
        rule: 'billing.fee',
        input: `transaction_fee=${fee}`,
        value: cell(row, 'account'),
        table: { name: 'fees', row: cell(row, 'fee'), version: fees?.version ?? '' },
      })
    }
  }
  return found
}
