import { add, type Decimal, equal } from '../../core/decimal.ts'
import type { PurchaseOrder } from '../../documents/purchase-order.ts'
import { describeCharge, type ReadCharge, readCharges } from './charges.ts'
import type { PlanContext } from './context.ts'
import { cancelAfter, isFreight } from './header.ts'
import type { ResolvedLine } from './resolved-line.ts'

/** Every line has its own number: by it rows are found again, and every answer names it. */
export function checkLineNumbers(order: PurchaseOrder, { find, linePath }: PlanContext): void {
  const seen = new Set<string>()
  order.lines.forEach(({ line }, index) => {
    if (line === '' || seen.has(line))
      find.hold(
        'LINE_NUMBER_TWICE',
        `Line number "${line}" occurs more than once; answers could not tell the lines apart.`,
        `${linePath(index)}.OrderLine.LineSequenceNumber`,
      )
    seen.add(line)
  })
  if (order.lines.length === 0) find.hold('ORDER_WITHOUT_LINES', 'The order has no lines.', 'LineItem')
}

/** An order that was too late when it came; ordered and cancelled before are never both right. */
export function checkCancelDate(order: PurchaseOrder, { find, partner, capturedAt }: PlanContext): void {
  const last = cancelAfter(order)
  if (last === undefined) return
  const path = 'Header.Dates'
  if (order.date !== undefined && last < order.date)
    find.hold(
      'PAST_CANCEL_DATE',
      `The order of ${order.date} was to be cancelled after ${last}, before it was placed.`,
      path,
    )
  else if (last < capturedAt.slice(0, 10)) {
    const message = `The order came on ${capturedAt.slice(0, 10)}, after its cancel-after date ${last}.`
    if (partner?.pastCancelDate === 'warn') find.warn('PAST_CANCEL_DATE', message, path)
    else find.hold('PAST_CANCEL_DATE', message, path)
  }
}

/** An order in another currency than the partner's usual one would be written with wrong amounts. */
export function checkCurrency(order: PurchaseOrder, { find, partner }: PlanContext): void {
  if (order.currency === undefined || partner?.currency === undefined || order.currency === partner.currency) return
  find.hold(
    'CURRENCY_DIFFERS',
    `The order is in ${order.currency}; the partners table says ${partner.currency} for ${partner.tradingPartner}.`,
    'Header.OrderHeader.BuyersCurrency',
  )
}

export interface ReadCharges {
  header: ReadCharge[]
  /** Entries of lines that do not become a discount of their row. */
  ofLines: { line: string; entry: ReadCharge }[]
  /** Sum of the lines' gross amounts; absent where a line has no price. */
  gross?: Decimal
  /** Gross with every charge and allowance that changes the total. */
  net?: Decimal
}

/** Reads every charge and allowance, and says of each what became of it: none is dropped in silence. */
export function readAllCharges(
  order: PurchaseOrder,
  lines: ReadonlyMap<string, ResolvedLine>,
  context: PlanContext,
): ReadCharges {
  const { find, partner } = context
  const amounts = order.lines.map((line) => lines.get(line.line)?.gross)
  const gross = amounts.every((a) => a !== undefined) ? add('0', ...(amounts as Decimal[])) : undefined
  const record = (entry: ReadCharge, path: string, where: string, isHeld: boolean) => {
    find.decide({
      field: isHeld ? where : '(not in the ERP order)',
      rule: '850.charge',
      input: path,
      value: describeCharge(entry),
    })
    if (!isHeld)
      find.warn(
        'CHARGE_NOT_HELD',
        `The ERP order has no place for the ${describeCharge(entry)}; it is kept in the audit trail.`,
        path,
      )
  }
  const apply = partner?.charges === 'apply'
  const noted = partner?.charges === 'note' || apply
  const ofLines = order.lines.flatMap((line, index) => {
    const resolved = lines.get(line.line)
    return readCharges(line.charges, resolved?.gross, resolved?.quantity).map((entry, i) => {
      const discount = apply && entry.effect.startsWith('-')
      const path = `${context.linePath(index)}.ChargesAllowances[${i}]`
      record(entry, path, discount ? context.erp.fields.discount(index) : 'note', noted)
      return { line: line.line, entry, discount }
    })
  })
  const header = readCharges(order.charges, gross)
  header.forEach((entry, i) => {
    const freight = apply && isFreight(entry)
    record(entry, `Header.ChargesAllowances[${i}]`, freight ? context.erp.fields.freight : 'note', noted)
  })
  const effects = [...ofLines.map((l) => l.entry.effect), ...header.map((c) => c.effect)]
  return {
    header,
    ofLines: ofLines.filter((l) => !l.discount),
    ...(gross === undefined ? {} : { gross, net: add(gross, ...effects) }),
  }
}

/** What the sender says the totals are: compared and warned about, never trusted (sps-commerce.md 7.1). */
export function checkTotals(order: PurchaseOrder, { gross, net }: ReadCharges, { find }: PlanContext): void {
  const { amount, lines } = order.totals
  if (lines !== undefined && lines !== order.lines.length)
    find.warn(
      'TOTAL_DIFFERS',
      `The order says it has ${lines} lines; it has ${order.lines.length}.`,
      'Summary.TotalLineItemNumber',
    )
  const taxes = [...order.taxes, ...order.lines.flatMap((l) => l.taxes)].flatMap((t) => t.amount ?? [])
  const taxed = add('0', ...taxes)
  if (!equal(taxed, '0'))
    find.warn('TAX_NOT_HELD', `The order states taxes of ${taxed}; the ERP reckons its own.`, 'Taxes')
  if (amount === undefined || gross === undefined || net === undefined) return
  const possible = [gross, net, add(net, taxed)]
  if (!possible.some((p) => equal(p, amount)))
    find.warn(
      'TOTAL_DIFFERS',
      `The order says ${amount}; its lines come to ${gross}, with charges and allowances ${net}.`,
      'Summary.TotalAmount',
    )
}
