import { equal } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { BillRecord } from '../../records.ts'
import { problem } from '../work.ts'
import type { BillLine, ResolvedBill } from './masters.ts'
import { nameOfBillLine } from './sheet.ts'
import { calledBill, type Standing, type StandingLine } from './standing.ts'

/** Everything in which a bill stands otherwise than it was sent; the total to the cent. */
export function differences(record: BillRecord, resolved: ResolvedBill, bill: Standing, reference: string): Problem[] {
  const called = calledBill(bill)
  const found: Problem[] = []
  const differs = (what: string, stands: string, sent: string, path: string) => {
    const message = `The bill ${called} has the ${what} ${stands || 'none'} in Odoo, where ${sent || 'none'} was sent.`
    found.push(problem('ODOO_BILL_DIFFERS', message, path))
  }
  const kind = record.kind === 'bill' ? 'in_invoice' : 'in_refund'
  if (bill.kind !== kind) differs('type', bill.kind, kind, 'kind')
  if (bill.partner !== resolved.vendor.id) differs('vendor', String(bill.partner ?? ''), resolved.vendor.name, 'vendor')
  if (bill.ref !== record.number) differs('reference', bill.ref, record.number, 'number')
  if (bill.date !== record.date) differs('date', bill.date, record.date, 'date')
  if (bill.currency.id !== resolved.currency) differs('currency', bill.currency.name, record.currency, 'currency')
  if (resolved.journal !== undefined && bill.journal.id !== resolved.journal)
    differs('journal', bill.journal.name, record.journal ?? '', 'journal')

  const left = new Set(bill.lines)
  for (const [i, line] of resolved.lines.entries()) {
    const standing = bill.lines.find(({ name }) => name === nameOfBillLine(reference, i))
    if (standing) left.delete(standing)
    for (const one of standing ? lineDifferences(line, standing) : ['is missing'])
      found.push(
        problem('ODOO_BILL_DIFFERS', `Line ${i + 1} of ${called} (${line.sent.description}) ${one}.`, line.sent.path),
      )
  }
  for (const { label, amount } of left)
    found.push(problem('ODOO_BILL_DIFFERS', `The bill ${called} has a line that was not sent: ${label}, ${amount}.`))
  if (!equal(bill.total, record.total)) differs('total', bill.total, record.total, 'total')
  return found
}

function* lineDifferences({ sent, account, taxes, costCentre }: BillLine, standing: StandingLine): Iterable<string> {
  if (standing.account.id !== account) yield `has the account ${standing.account.name}, not ${sent.account}`
  if (!equal(standing.amount, sent.amount)) yield `is ${standing.amount}, not ${sent.amount}`
  if ([...standing.taxes].sort().join() !== [...taxes].sort().join())
    yield `has ${standing.taxes.length === 0 ? 'no taxes' : 'other taxes'}, not ${sent.taxes.join(', ') || 'none'}`
  const shares = Object.entries(standing.costCentres)
  const wanted = costCentre === undefined ? [] : [String(costCentre)]
  // Odoo's own distribution rules may fill what was left open.
  if (costCentre !== undefined && (shares.map(([id]) => id).join() !== wanted.join() || !shares.every(isWhole)))
    yield `is not on the cost centre ${sent.costCentre}`
}

const isWhole = ([, share]: [string, string]): boolean => equal(share, '100')
