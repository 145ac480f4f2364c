import type { TargetWriter, WriteOutcome } from '../../../lib/core/exchange.ts'
import { type ApiRecord, identifier, rows } from '../../../lib/systems/acumatica/records.ts'
import { createWriter } from '../../../lib/systems/acumatica/writer.ts'
import type { SandboxAcumatica } from '../../../sandbox/systems/acumatica/index.ts'
import { connect, orderRecord } from './instance.ts'

export const reference = 'SPS:3F1HARBORPINE:4500187734'

/** What a pusher does with one write: `again` is a later attempt, after a crash, a lost answer or a redrive. */
export class Pusher {
  readonly #writer: TargetWriter
  readonly #sandbox: SandboxAcumatica
  constructor(sandbox: SandboxAcumatica, over: object = {}) {
    this.#writer = createWriter(connect(sandbox, over))
    this.#sandbox = sandbox
  }

  write(operation: string, record: ApiRecord, again = false): Promise<WriteOutcome> {
    return this.#writer.write(
      { connection: 'test', operation, reference, record },
      { documentId: 'd', correlationId: 'c', mayHaveWritten: again, deadline: this.#sandbox.clock.now() + 600_000 },
    )
  }

  create(record = orderRecord(), again = false): Promise<WriteOutcome> {
    return this.write('create-order', record, again)
  }

  /** Attempts until one does not throw, as the queue does; the faults' codes and the outcome. */
  async insist(
    operation: string,
    record: ApiRecord,
    attempts = 60,
  ): Promise<{ faults: string[]; outcome: WriteOutcome }> {
    const faults: string[] = []
    for (let attempt = 1; ; attempt += 1)
      try {
        return { faults, outcome: await this.write(operation, record, attempt > 1) }
      } catch (error) {
        const { code, retryAfterMs } = error as { code?: string; retryAfterMs?: number }
        faults.push(code ?? String(error))
        if (attempt >= attempts) throw error
        this.#sandbox.clock.advance(retryAfterMs ?? 0)
      }
  }
}

/** The lines of an order as "reference item quantity unit price". */
export const linesOf = (order: ApiRecord | undefined): string[] =>
  (rows(order ?? {}, 'Details') ?? []).map((row) =>
    ['ExternalRef', 'InventoryID', 'OrderQty', 'UOM', 'UnitPrice']
      .map((name) => String((row[name] as { value?: unknown }).value))
      .join(' '),
  )

export const sampleLines = ['1 JS-MUG-12 24 EA 4.25', '2 JS-BWL-06 12 EA 7.9', '3 JS-TRY-LG 2 CASE 85.2']

export const stateOf = (order: ApiRecord | undefined): string => identifier(order ?? {}, 'Status') ?? ''

/** A change of the sample order with some lines. */
export const changeRecord = (Details: ApiRecord[], header: ApiRecord = {}): ApiRecord => ({
  OrderType: { value: 'SO' },
  CustomerID: { value: 'HARBORPINE' },
  ExternalRef: { value: reference },
  ...header,
  ...(Details.length > 0 ? { Details } : {}),
})
