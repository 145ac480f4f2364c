import { absolute, add, type Decimal, equal, isZero, subtract, toNumber } from '../../core/decimal.ts'
import type { Findings } from '../../core/findings.ts'
import type { Decision } from '../../core/problems.ts'
import type { Tables } from '../../core/tables.ts'
import type { Invoice } from '../../documents/invoice.ts'
import type { RsxCharge, RsxTax } from '../../systems/sps-commerce/records.ts'
import { resolveCode } from '../resolve/code.ts'
import type { Partner } from '../resolve/partner.ts'
import type { BilledLine } from './lines.ts'

/** What the invoice comes to, all positive, in its currency. */
export interface Totals {
  sales: Decimal
  amount: Decimal
  allowances: Decimal
  freight: Decimal
}

/**
 * Sums and checks (I4): lines less document discounts, plus freight and tax, must be the invoice's amount to the cent;
 * an invoice that does not add up is never sent.
 */
export function totalsOf(invoice: Invoice, lines: readonly BilledLine[], find: Findings): Totals {
  const sum = (values: Decimal[]) => add('0', ...values)
  const [amount, discount, freight, tax] = [
    invoice.amount,
    invoice.discountTotal,
    invoice.freightTotal,
    invoice.taxTotal,
  ].map(absolute) as [Decimal, Decimal, Decimal, Decimal]
  const sales = sum(lines.map((l) => l.gross))
  const ofLines = sum(lines.map((l) => l.discount))
  const reckoned = add(subtract(subtract(sales, ofLines), discount), freight, tax)
  if (!equal(reckoned, amount))
    find.hold(
      'TOTALS_DIFFER',
      `The lines come to ${sales}, less line discounts ${ofLines} and document discounts ${discount}, plus freight ${freight} and tax ${tax}: ${reckoned}. The invoice says ${amount}.`,
      'Amount',
    )
  const taxes = sum(invoice.taxes.map((t) => absolute(t.amount)))
  if (!equal(taxes, tax))
    find.hold('TOTALS_DIFFER', `The tax rows come to ${taxes}, the invoice says ${tax}.`, 'TaxTotal')
  find.decide({
    field: 'Summary.TotalAmount',
    rule: 'I4',
    input: `${sales} - ${ofLines} - ${discount} + ${freight} + ${tax}`,
    value: amount,
  })
  return { sales, amount, allowances: add(ofLines, discount), freight }
}

const defaultDiscount = 'C310'
const defaultFreight = 'D240'

/** A code, and the row of the codes table it came from where it is not the usual one. */
export type Coded = { value: string; source?: NonNullable<Decision['table']> }

/** The allowance code of discounts for this partner: the named discount's own, else the one of all discounts. */
export const discountCode = (tables: Tables, { tradingPartner }: Partner, name?: string): Coded =>
  (name === undefined ? undefined : resolveCode(tables, 'allowance', tradingPartner, name)) ??
  resolveCode(tables, 'allowance', tradingPartner, 'DISCOUNT') ?? { value: defaultDiscount }

/** Document discounts and freight as allowance and charge (I3). */
export function headerCharges(invoice: Invoice, partner: Partner, tables: Tables, find: Findings): RsxCharge[] {
  const [discount, freight] = [absolute(invoice.discountTotal), absolute(invoice.freightTotal)]
  const named = invoice.discounts.filter((d) => d.kind !== 'Line')
  const [only] = named
  const single = named.length === 1 ? only : undefined
  const ofDiscount = discountCode(tables, partner, single?.code)
  const ofFreight: Coded = resolveCode(tables, 'charge', partner.tradingPartner, 'FREIGHT') ?? { value: defaultFreight }
  const allowance: RsxCharge = {
    AllowChrgIndicator: 'A',
    AllowChrgCode: ofDiscount.value,
    AllowChrgAmt: toNumber(discount),
    AllowChrgHandlingCode: '02',
    AllowChrgHandlingDescription: single?.description,
    ...(single?.percent !== undefined && !isZero(single.percent)
      ? { AllowChrgPercentQual: '6', AllowChrgPercent: toNumber(single.percent) }
      : {}),
  }
  const charge: RsxCharge = {
    AllowChrgIndicator: 'C',
    AllowChrgCode: ofFreight.value,
    AllowChrgAmt: toNumber(freight),
    AllowChrgHandlingCode: '06',
  }
  const entries = [...(isZero(discount) ? [] : [allowance]), ...(isZero(freight) ? [] : [charge])]
  for (const entry of entries) {
    const { source } = entry === charge ? ofFreight : ofDiscount
    find.decide({
      field: 'Header.ChargesAllowances',
      rule: 'I3',
      input: entry === charge ? 'FreightDetails' : 'DiscountTotal',
      value: `${entry.AllowChrgCode} ${entry.AllowChrgAmt}`,
      ...(source ? { table: source } : {}),
    })
  }
  return entries
}

/** Tax rows (I3): the type code by table, TX where the table knows none. */
export const headerTaxes = (invoice: Invoice, partner: Partner, tables: Tables, find: Findings): RsxTax[] =>
  invoice.taxes.map(({ id, amount }, index) => {
    const code = resolveCode(tables, 'taxType', partner.tradingPartner, id)
    find.decide({
      field: `Header.Taxes[${index}].TaxTypeCode`,
      rule: 'I3.tax',
      input: `TaxID=${id}`,
      value: code?.value ?? 'TX',
      ...(code ? { table: code.source } : {}),
    })
    return { TaxTypeCode: code?.value ?? 'TX', TaxAmount: toNumber(absolute(amount)), TaxID: id }
  })
