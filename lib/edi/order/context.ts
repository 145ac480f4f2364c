import type { Findings } from '../../core/findings.ts'
import type { Tables } from '../../core/tables.ts'
import type { Erp } from '../erp.ts'
import type { Partner } from '../resolve/partner.ts'

/** What every step of planning an order looks at. */
export interface PlanContext {
  tables: Tables
  erp: Erp
  find: Findings
  tradingPartner: string
  /** Absent where the partner is not mapped: the rest is looked at all the same, so that every problem shows. */
  partner: Partner | undefined
  /** ISO date-time of the capture: the only "now". */
  capturedAt: string
  /** Where a line of the order stands in the source document. */
  linePath(index: number): string
}

/** The paths of an 850: its lines in the order in which they came. */
export const orderLinePath = (index: number): string => `LineItem[${index}]`
