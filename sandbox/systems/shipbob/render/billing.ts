import type { Transaction } from '../model.ts'
import type { World } from '../world.ts'

/** A transaction as the API and the billing topics have it (shipbob.md §4.7). */
export function transactionBody(world: World, { invoice, ...transaction }: Transaction): object {
  const on = invoice === null ? undefined : world.invoices.get(invoice)
  const { taxes, additional_details, ...fields } = transaction
  return {
    ...fields,
    invoiced_status: on !== undefined,
    invoice_id: on?.invoice_id ?? null,
    invoice_date: on?.invoice_date ?? null,
    invoice_type: on?.invoice_type ?? null,
    taxes,
    additional_details,
  }
}
