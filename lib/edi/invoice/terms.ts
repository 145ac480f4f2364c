import { cents, type Decimal, divide, isZero, multiply, toNumber } from '../../core/decimal.ts'
import type { Invoice } from '../../documents/invoice.ts'
import type { RsxPaymentTerms } from '../../systems/sps-commerce/records.ts'
import type { OrderSnapshot } from '../order/snapshot.ts'

const day = 86_400_000

/** A date so many days later; dates are days without a zone. */
const later = (date: string, days: number): string => new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)

/** Terms counted from the invoice date; with any other basis nobody but the retailer knows the dates. */
const fromInvoiceDate = '3'

/**
 * Payment terms of the order with their dates and, where the retailer pays within the terms, the discount in money
 * (sps-commerce.md 7.5). Acumatica's own cash discount goes before ours. A credit has no terms.
 */
export function paymentTerms(
  invoice: Invoice,
  terms: OrderSnapshot['terms'],
): { section: RsxPaymentTerms; discount?: Decimal } | undefined {
  if (!terms || invoice.kind === 'Credit Memo') return undefined
  const { date, amount, cashDiscount, dueDate } = invoice
  const counted = date !== undefined && (terms.basis ?? fromInvoiceDate) === fromInvoiceDate
  const percent = terms.discountPercent
  const reckoned =
    percent === undefined || isZero(percent) ? undefined : cents(divide(multiply(amount, percent), '100', 10))
  const discount = cashDiscount !== undefined && !isZero(cashDiscount) ? cashDiscount : reckoned
  const netDate = counted && terms.netDays !== undefined ? later(date, terms.netDays) : undefined
  return {
    section: {
      TermsType: terms.type,
      TermsBasisDateCode: terms.basis,
      TermsDiscountPercentage: percent === undefined ? undefined : toNumber(percent),
      TermsDiscountDueDays: terms.discountDays,
      TermsNetDueDays: terms.netDays,
      TermsDescription: terms.description,
      TermsDiscountDate: counted && terms.discountDays !== undefined ? later(date, terms.discountDays) : undefined,
      TermsNetDueDate: dueDate ?? netDate,
      TermsDiscountAmount: discount === undefined ? undefined : toNumber(discount),
    },
    ...(discount === undefined ? {} : { discount }),
  }
}
