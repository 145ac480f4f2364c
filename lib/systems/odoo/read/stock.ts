import * as z from 'zod'
import type { ConnectionContext } from '../../../core/connection.ts'
import type { Json, SourcePage } from '../../../core/exchange.ts'
import type { Odoo } from '../rpc.ts'
import type { StockSnapshot } from '../streams.ts'
import type { PollingSettings } from './polling-settings.ts'
import { page } from './work.ts'

const hourMs = 3_600_000
/** When stock was read last, by our own clock: it only decides when the next report is due. */
const schema = z.object({ readAt: z.iso.datetime() })

export function isStockDue(stored: Json | undefined, now: number, { stockReportHours }: PollingSettings): boolean {
  const cursor = stored === undefined || stored === null ? undefined : schema.parse(stored)
  return cursor === undefined || now >= Date.parse(cursor.readAt) + stockReportHours * hourMs
}

/** The whole stock as it is now. Interrupted, it is read again: half a report is none. */
export async function readStockPage(
  odoo: Odoo,
  stock: StockSnapshot,
  clock: ConnectionContext<unknown>['clock'],
): Promise<SourcePage> {
  const readAt = new Date(clock.now()).toISOString()
  return page(await stock.read(odoo, await odoo.serverNow()), { readAt }, false)
}
