import type { TargetWriter, Write, WriteOutcome } from '../../../lib/core/exchange.ts'
import { Failure } from '../../../lib/core/failures.ts'
import type { ShipBobOperation } from '../../../lib/systems/shipbob/records.ts'
import { createWriter } from '../../../lib/systems/shipbob/writer.ts'
import { connect, fixture, type Reply, type Seen, serve } from './server.ts'
import { handle, now, type Raw, type World } from './warehouse-api.ts'

/** What strikes a request: before or after the warehouse did its work, or in place of it. */
export type Strike = 'before' | 'after' | 'garbled' | 'unavailable' | undefined

/** The products of the fact sheet's recordings. */
export const recordedProducts = (): Raw[] => fixture('rest/product.list-by-sku.json').response.body.items

/**
 * A warehouse that keeps products and receiving orders as the recordings show them, over HTTP. `strike` says what goes
 * wrong with a request; `answer` takes a request before the warehouse sees it.
 */
export async function startWarehouse({
  products = recordedProducts(),
  version = '2026-07',
  strike = () => undefined,
  answer = () => undefined,
}: {
  products?: Raw[]
  version?: string
  strike?: (seen: Seen) => Strike
  answer?: (seen: Seen, world: World) => Reply | undefined
} = {}) {
  const world: World = { products: structuredClone(products), orders: [], boxes: new Map() }
  const { url, seen } = await serve((one) => {
    const what = strike(one)
    if (what === 'before') return { cut: true }
    if (what === 'unavailable') return { status: 503, text: '' }
    const reply = answer(one, world) ?? handle(one, world)
    if (what === 'after') return { cut: true }
    const dated = { ...reply, headers: { date: new Date(now).toUTCString() } }
    return what === 'garbled' ? { ...dated, text: '{"id": 1' } : dated
  })
  const context = connect(
    url,
    { apiVersion: version },
    { limiter: { take: async () => undefined }, random: () => 0, clock: { now: () => now } },
  )
  const writer = createWriter(context)
  const changes = () => seen.filter(({ method }) => method !== 'GET')
  return { world, seen, writer, changes, write: writeTo(writer) }
}

const writeTo =
  (writer: TargetWriter) =>
  (operation: ShipBobOperation, record: object, again = false): Promise<WriteOutcome> =>
    writer.write({ connection: 'shipbob', operation, reference: 'r', record } as unknown as Write, {
      documentId: 'd',
      correlationId: 'c',
      mayHaveWritten: again,
      deadline: Number.POSITIVE_INFINITY,
    })

/** Tries again as the pipeline would, until something is said of the record. */
export async function insist(attempt: (again: boolean) => Promise<WriteOutcome>): Promise<WriteOutcome> {
  for (let tries = 0; tries < 200; tries += 1)
    try {
      return await attempt(tries > 0)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
    }
  throw new Error('it never came to an end')
}
