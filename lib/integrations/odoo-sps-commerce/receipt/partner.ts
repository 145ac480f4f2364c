import type { Findings } from '../../../core/findings.ts'
import { rowsBy } from '../../../core/table-index.ts'
import type { Tables } from '../../../core/tables.ts'

/** Holds where the partners table does not know the sender. Which of its rows is meant does not matter: the order tells. */
export function checkSender(tables: Tables, tradingPartner: string, find: Findings, path: string): void {
  if (rowsBy(tables.partners, 'tradingPartner', tradingPartner).length > 0) return
  find.hold(
    'PARTNER_UNKNOWN',
    `Trading partner ${tradingPartner} is not in the partners table. Add a row with its contact in Odoo.`,
    path,
    { table: 'partners', cells: { tradingPartner } },
  )
}
