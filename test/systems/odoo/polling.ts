import type { ConnectionContext } from '../../../lib/core/connection.ts'
import type { SourceReader } from '../../../lib/core/exchange.ts'
import { type Settings, settings as schema } from '../../../lib/systems/odoo/settings.ts'
import { type SandboxOdoo, start } from '../../../sandbox/systems/odoo/index.ts'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import { memoryConnection } from '../../support/connection.ts'
import { morning, Poller } from './reading.ts'

const open: SandboxOdoo[] = []
export const closeAll = async (): Promise<void> => {
  for (const odoo of open.splice(0)) await odoo.close()
}

/** A company with a vendor and two products, who orders something when `order` is called. */
export async function startCompany(version: 18 | 19, at = morning) {
  const odoo = await start({ version, clock: createSandboxClock(undefined, at) })
  open.push(odoo)
  const vendor = odoo.create('res.partner', { name: 'Cedar & Sons', is_company: true, ref: 'CEDAR' })
  const product = odoo.create('product.product', {
    name: 'Lamp',
    default_code: 'LAMP-1',
    type: 'consu',
    is_storable: true,
  })
  /** A confirmed purchase order. */
  const order = (hands: Pick<SandboxOdoo, 'create' | 'call'> = odoo, quantity = 1): number => {
    const id = hands.create('purchase.order', {
      partner_id: vendor,
      order_line: [[0, 0, { product_id: product, product_qty: quantity, price_unit: 8.5 }]],
    })
    hands.call('purchase.order', 'button_confirm', id)
    return id
  }
  return { odoo, vendor, product, order }
}

/** A connection to it; its clock is the company's. */
export function connectionTo(
  odoo: SandboxOdoo,
  wanted: readonly string[],
  over: Partial<Settings> = {},
): ConnectionContext<Settings> {
  const settings = { ...schema.parse({ baseUrl: odoo.url, database: odoo.database }), ...over }
  const { login, apiKey } = odoo.credentials
  return memoryConnection(settings, { login, apiKey }, { wanted, clock: { now: () => odoo.clock.now() } })
}

export const pollerOf = (reader: SourceReader, stream: string): Poller =>
  new Poller((cursor) => reader.readPage(stream, cursor))
