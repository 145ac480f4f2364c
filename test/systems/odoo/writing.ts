import type { ConnectionContext } from '../../../lib/core/connection.ts'
import type { TargetWriter, WriteOutcome } from '../../../lib/core/exchange.ts'
import type { OrderLineRecord, OrderRecord, ReceiptRecord } from '../../../lib/systems/odoo/records.ts'
import { type Settings, settings as schema } from '../../../lib/systems/odoo/settings.ts'
import { createWriter } from '../../../lib/systems/odoo/writer.ts'
import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import { memoryConnection } from '../../support/connection.ts'

export { closeCompanies, startCompany, type TestCompany } from '../../sandbox/odoo/company.ts'

export const reference = 'SPS:3F1HARBORPINE:4500187734'

/** A connection to the sandbox as its unprivileged user: its time is the sandbox's time. */
export function connect(
  sandbox: SandboxOdoo,
  over: object = {},
): ConnectionContext<Settings> & { stored: { pausedUntil: number } } {
  const { login, apiKey, password } = sandbox.credentials
  const settings = schema.parse({ baseUrl: sandbox.url, database: sandbox.database, ...over })
  // Waits between repeats are drawn: these are none at all.
  const random = () => -0.5
  return memoryConnection(settings, { login, apiKey, password }, { clock: { now: () => sandbox.clock.now() }, random })
}

/** What a pusher does with one write: a second one is a later attempt, after a crash, a lost answer or a redrive. */
export class Pusher {
  readonly #connect: () => TargetWriter
  readonly #now: () => number
  #writer: TargetWriter
  constructor(sandbox: SandboxOdoo, over: object = {}) {
    this.#connect = () => createWriter(connect(sandbox, over))
    this.#now = () => sandbox.clock.now()
    this.#writer = this.#connect()
  }

  write(operation: string, record: object, key = reference, again = false): Promise<WriteOutcome> {
    return this.#writer.write(
      { connection: 'test', operation, reference: key, record: JSON.parse(JSON.stringify(record)) },
      { documentId: 'd', correlationId: 'c', mayHaveWritten: again, deadline: this.#now() + 600_000 },
    )
  }

  /** A new process: nothing is remembered. */
  restart(): void {
    this.#writer = this.#connect()
  }

  /** Attempts until one does not throw, as the queue does, each in a new process. */
  async insist(operation: string, record: object, key = reference, attempts = 200): Promise<WriteOutcome> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.write(operation, record, key, attempt > 1)
      } catch (error) {
        if (attempt >= attempts || !(error as { code?: string }).code) throw error
        this.restart()
      }
  }
}

export type Line = Omit<OrderLineRecord, 'line'>

export const line = (number: string, item: string, quantity: number, price?: number, over: object = {}) => ({
  line: number,
  product: { item },
  quantity,
  unit: 'Units',
  ...(price === undefined ? {} : { price }),
  ...over,
})

/** An order of the sandbox's customer, or to its vendor. */
export const orderRecord = (over: Partial<OrderRecord> = {}): OrderRecord => ({
  model: 'sale.order',
  partner: { partner: over.model === undefined || over.model === 'sale.order' ? 'C100' : 'V100' },
  theirReference: '4500187734',
  origin: reference,
  date: '2026-11-20',
  plannedDate: '2026-12-04',
  currency: 'USD',
  confirm: true,
  totalTolerance: '0',
  lines: [line('1', 'WIDGET', 24, 4.25), line('2', 'GADGET', 2, 51, { unit: 'Dozens' })],
  ...over,
})

export const purchase = (over: Partial<OrderRecord> = {}): OrderRecord =>
  orderRecord({ model: 'purchase.order', lines: [line('1', 'WIDGET', 10, 4), line('2', 'GADGET', 6, 2)], ...over })

/** A line of a receipt. */
export const goods = (item: string, quantity: number, over: object = {}): ReceiptRecord['lines'][number] => ({
  product: { item },
  quantity,
  path: `of ${item}`,
  ...over,
})

export const receipt = (
  order: string,
  mode: ReceiptRecord['mode'],
  lines: ReceiptRecord['lines'],
  over: Partial<ReceiptRecord> = {},
): ReceiptRecord => ({ order, mode, lines, ...over })

/** A confirmed purchase order's number. */
export async function confirmedOrder(push: Pusher, record = purchase(), key = reference): Promise<string> {
  const outcome = await push.write('create-order', record, key)
  if (outcome.outcome !== 'delivered') throw new Error(JSON.stringify(outcome))
  return String(outcome.result.number)
}

/** Lines of orders as "item quantity unit price", in the order of their ids. */
export function linesOf(
  sandbox: SandboxOdoo,
  model: 'sale.order' | 'purchase.order' | 'purchase.requisition',
): string[] {
  const quantity = model === 'sale.order' ? 'product_uom_qty' : 'product_qty'
  const unit = sandbox.version === 19 || model === 'purchase.requisition' ? 'product_uom_id' : 'product_uom'
  return sandbox
    .records(`${model}.line`)
    .map((row) => `${item(sandbox, row.product_id)} ${row[quantity]} ${unitName(sandbox, row[unit])} ${row.price_unit}`)
}

/** Moves of all incoming transfers as "item done/expected, picked, state of the transfer", in the order of their ids. */
export function movesOf(sandbox: SandboxOdoo): string[] {
  const transfers = new Map(sandbox.records('stock.picking').map((row) => [row.id, row]))
  return sandbox
    .records('stock.move', [['picking_id.picking_type_code', '=', 'incoming']], moveFields)
    .filter((row) => row.state !== 'cancel')
    .map((row) => {
      const state = transfers.get(Number(row.picking_id))?.state
      const picked = row.picked ? ' picked' : ''
      return `${item(sandbox, row.product_id)} ${row.quantity}/${row.product_uom_qty}${picked} ${state}`
    })
}

const moveFields = ['picking_id', 'product_id', 'product_uom_qty', 'quantity', 'picked', 'state']

const item = (sandbox: SandboxOdoo, id: unknown) =>
  sandbox.records('product.product', [['id', '=', Number(id)]])[0]?.default_code
const unitName = (sandbox: SandboxOdoo, id: unknown) => sandbox.records('uom.uom', [['id', '=', Number(id)]])[0]?.name

export const codesOf = (outcome: WriteOutcome): string[] =>
  outcome.outcome === 'delivered' ? outcome.warnings.map(({ code }) => code) : outcome.problems.map(({ code }) => code)
