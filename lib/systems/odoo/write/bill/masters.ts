import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { BillRecord } from '../../records.ts'
import type { Domain, Odoo, OdooRecord } from '../../rpc.ts'
import { inCompany, resolveCurrency } from '../resolve/masters.ts'
import { type Contact, resolveContact } from '../resolve/partner.ts'
import { problem, textOf } from '../work.ts'

/** A line with what its names are in Odoo. */
export interface BillLine {
  sent: BillRecord['lines'][number]
  account: number
  taxes: number[]
  costCentre: number | undefined
}

export interface ResolvedBill {
  company: number
  vendor: Contact
  currency: number
  journal: number | undefined
  /** As sent; the bill's own day where the vendor has no payment terms: Odoo would take today's. */
  dueDate: string | undefined
  lines: BillLine[]
}

/** Everything that a bill names, in Odoo's first company of the connection; every problem at once where something is not there. */
export async function resolveBill(odoo: Odoo, record: BillRecord): Promise<ResolvedBill | { problems: Problem[] }> {
  const company = odoo.companies[0] ?? 0
  const found: Problem[] = []
  const [vendor, currency, journal, accounts, taxes, centres] = await Promise.all([
    resolveContact(odoo, record.vendor.partner, { what: 'vendor', path: 'vendor' }, found),
    resolveCurrency(odoo, record.currency, found),
    journalOf(odoo, record.journal, company, found),
    accountsOf(odoo, record, company, found),
    taxesOf(odoo, record, company, found),
    centresOf(odoo, record, company, found),
  ])
  const lines = record.lines.flatMap((sent): BillLine[] => {
    const account = accounts.get(sent.account)
    const own = sent.taxes.flatMap((name) => taxes.get(name) ?? [])
    const costCentre = sent.costCentre === undefined ? undefined : centres.get(sent.costCentre)
    return account === undefined ? [] : [{ sent, account, taxes: own, costCentre }]
  })
  if (!vendor || currency === undefined || found.length > 0) return { problems: found }
  const dueDate = record.dueDate ?? ((await hasTerms(odoo, vendor.id, company)) ? undefined : record.date)
  return { company, vendor, currency, journal, dueDate, lines }
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]

async function journalOf(
  odoo: Odoo,
  code: string | undefined,
  company: number,
  found: Problem[],
): Promise<number | undefined> {
  if (code === undefined) return undefined
  const domain: Domain = [
    ['code', '=', code.trim()],
    ['type', '=', 'purchase'],
    ['company_id', '=', company],
  ]
  const [one, ...others] = await odoo.search('account.journal', domain)
  if (one !== undefined && others.length === 0) return one
  found.push(problem('ODOO_JOURNAL_NOT_FOUND', `There is no purchase journal "${code}" in Odoo.`, 'journal'))
  return undefined
}

/** G/L accounts by their codes. An account belongs to a company up to 17, and may be shared from 18 on (odoo.md §12). */
async function accountsOf(
  odoo: Odoo,
  { lines }: BillRecord,
  company: number,
  found: Problem[],
): Promise<Map<string, number>> {
  const codes = unique(lines.map(({ account }) => account))
  const known = await odoo.fields('account.account')
  const retired = known.deprecated ? 'deprecated' : known.active ? 'active' : undefined
  const rows = await odoo.searchRead(
    'account.account',
    [
      ['code', 'in', codes],
      known.company_ids ? ['company_ids', 'in', [company]] : ['company_id', '=', company],
      ...(retired === 'active' ? [['active', 'in', [true, false]]] : []),
    ],
    { fields: ['code', ...(retired ? [retired] : [])], order: 'id', context: inCompany(odoo, company) },
  )
  const accounts = new Map<string, number>()
  for (const code of codes) {
    const own = rows.filter((row) => textOf(row.code) === code)
    const usable = own.filter((row) => (retired === 'active' ? row.active !== false : row.deprecated !== true))
    const path = lines.find((line) => line.account === code)?.path
    if (usable[0]) accounts.set(code, usable[0].id)
    else if (own.length > 0) found.push(problem('ODOO_ARCHIVED', `The account ${code} is archived in Odoo.`, path))
    else found.push(problem('ODOO_ACCOUNT_NOT_FOUND', `There is no account with the code ${code} in Odoo.`, path))
  }
  return accounts
}

/** Purchase taxes by their names in the language of the connection. */
async function taxesOf(
  odoo: Odoo,
  { lines }: BillRecord,
  company: number,
  found: Problem[],
): Promise<Map<string, number>> {
  const names = unique(lines.flatMap(({ taxes }) => taxes))
  if (names.length === 0) return new Map()
  const rows = await odoo.searchRead(
    'account.tax',
    [
      ['name', 'in', names],
      ['type_tax_use', '=', 'purchase'],
      ['company_id', '=', company],
    ],
    { fields: ['name'], order: 'id' },
  )
  const path = (name: string) => lines.find(({ taxes }) => taxes.includes(name))?.path
  return oneOfEach(rows, names, 'name', (name, count) => {
    const how = count === 0 ? 'There is no purchase tax' : `There are ${count} purchase taxes`
    found.push(problem('ODOO_TAX_NOT_FOUND', `${how} "${name}" in Odoo.`, path(name)))
  })
}

/** Analytic accounts by code, else by name. */
async function centresOf(
  odoo: Odoo,
  { lines }: BillRecord,
  company: number,
  found: Problem[],
): Promise<Map<string, number>> {
  const names = unique(lines.flatMap(({ costCentre }) => costCentre ?? []))
  if (names.length === 0) return new Map()
  const rows = await odoo.searchRead(
    'account.analytic.account',
    [['company_id', 'in', [false, company]], '|', ['code', 'in', names], ['name', 'in', names]],
    { fields: ['code', 'name'], order: 'id' },
  )
  const path = (name: string) => lines.find((line) => line.costCentre === name)?.path
  const byCode = new Set(rows.flatMap((row) => textOf(row.code) ?? []))
  const told = (name: string, count: number) => {
    const how = count === 0 ? 'There is no analytic account' : `There are ${count} analytic accounts`
    found.push(problem('ODOO_COST_CENTRE_NOT_FOUND', `${how} "${name}" in Odoo.`, path(name)))
  }
  const [coded, named] = [names.filter((name) => byCode.has(name)), names.filter((name) => !byCode.has(name))]
  return new Map([...oneOfEach(rows, coded, 'code', told), ...oneOfEach(rows, named, 'name', told)])
}

function oneOfEach(
  rows: readonly OdooRecord[],
  names: readonly string[],
  field: string,
  missing: (name: string, count: number) => void,
): Map<string, number> {
  const ids = new Map<string, number>()
  for (const name of names) {
    const own = rows.filter((row) => textOf(row[field]) === name)
    if (own.length === 1 && own[0]) ids.set(name, own[0].id)
    else missing(name, own.length)
  }
  return ids
}

async function hasTerms(odoo: Odoo, vendor: number, company: number): Promise<boolean> {
  const [row] = await odoo.searchRead('res.partner', [['id', '=', vendor]], {
    fields: ['property_supplier_payment_term_id'],
    order: 'id',
    context: inCompany(odoo, company),
  })
  return idOf(row?.property_supplier_payment_term_id) !== undefined
}
