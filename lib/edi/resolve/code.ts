import type { Decision } from '../../core/problems.ts'
import { cell, mostSpecific, rowsBy } from '../../core/table-index.ts'
import type { Tables } from '../../core/tables.ts'
import { source } from '../tables.ts'

export type CodeKind =
  | 'orderType'
  | 'shippingRule'
  | 'countryIn'
  | 'countryOut'
  | 'weightUnit'
  | 'taxType'
  | 'allowance'
  | 'charge'

/** A reference code translated by the codes table; the partner's own row before everyone's. */
export function resolveCode(
  data: Tables,
  kind: CodeKind,
  tradingPartner: string,
  code: string,
): { value: string; source: NonNullable<Decision['table']> } | undefined {
  const rows = rowsBy(data.codes, 'code', code).filter((row) => cell(row, 'kind') === kind)
  const [row] = mostSpecific(rows, { tradingPartner })
  return row && { value: cell(row, 'value'), source: source(data, 'codes', row) }
}
