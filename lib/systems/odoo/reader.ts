import { backfillOf } from '../../core/backfill.ts'
import type { ConnectionContext } from '../../core/connection.ts'
import { deletionsOf } from '../../core/deletions.ts'
import type { Json, SourcePage, SourceReader } from '../../core/exchange.ts'
import { concernsOf } from '../../core/ping.ts'
import { createClient } from './client.ts'
import { fieldLines } from './ping/fields.ts'
import { keyLine } from './ping/key-expiry.ts'
import { needsOf } from './ping/needs.ts'
import { isIdle, readBackfillPage } from './read/backfill.ts'
import { isSweepDue, sweepDeletions } from './read/deletions.ts'
import { isStockDue, readStockPage } from './read/stock.ts'
import { readWindow } from './read/window.ts'
import { page, type Work } from './read/work.ts'
import type { Odoo } from './rpc.ts'
import type { Credentials, Settings } from './settings.ts'
import { type Stream, stockOf, streamsOf } from './streams.ts'

/** A stream as the pipeline sees it. */
interface Source {
  model: string
  read(odoo: Odoo, cursor: Json | undefined): Promise<SourcePage>
  /** True where there is nothing to do at this cursor. */
  idle?(cursor: Json | undefined): boolean
}

/**
 * Reads a database's documents: first what changed, then the stock report, then what was deleted, and last what
 * somebody asked for of the past, so that new documents never wait behind old ones.
 */
export function createReader(context: ConnectionContext<Settings>): SourceReader {
  const client = createClient(context)
  const sources = sourcesOf(context)
  const told = new Set<string>()
  const sourceOf = (name: string): Source => {
    const found = sources.get(name)
    if (!found) throw new Error(`there is no stream "${name}"`)
    return found
  }
  return {
    streams: () => [...sources.keys()],
    idle: (name, cursor) => sourceOf(name).idle?.(cursor) ?? false,
    concerns: async () => {
      const given = (await context.secrets.credentials()) as Credentials
      const odoo = await client.open()
      const needs = needsOf({ reads: context.wanted, writes: [], keepsTokens: true })
      return [
        ...concernsOf([await keyLine(odoo, given, context.settings, context.clock.now())]),
        ...concernsOf(await fieldLines(odoo, needs), 'SchemaDrift'),
      ]
    },
    readPage: async (name, cursor) => {
      const source = sourceOf(name)
      const odoo = await client.open()
      if (await odoo.hasModel(source.model)) return source.read(odoo, cursor)
      if (!told.has(source.model))
        context.log.warn('not read: the model is not installed, or not to be seen by this user', {
          stream: name,
          model: source.model,
        })
      told.add(source.model)
      return page([], cursor ?? null, false)
    },
  }
}

function sourcesOf({ settings, wanted, clock, log }: ConnectionContext<Settings>): Map<string, Source> {
  const streams = streamsOf(settings, wanted)
  const stock = stockOf(settings, wanted)
  const sources = new Map<string, Source>()
  const work = (odoo: Odoo, stream: Stream): Work => ({ odoo, stream, settings, clock, log })
  for (const stream of streams)
    sources.set(stream.name, { model: stream.model, read: (odoo, cursor) => readWindow(work(odoo, stream), cursor) })
  if (stock)
    sources.set(stock.name, {
      model: stock.model,
      read: (odoo) => readStockPage(odoo, stock, clock),
      idle: (cursor) => !isStockDue(cursor, clock.now(), settings),
    })
  for (const stream of streams.filter(({ deletable }) => deletable))
    sources.set(deletionsOf(stream.name), {
      model: stream.model,
      read: (odoo, cursor) => sweepDeletions(work(odoo, stream), cursor),
      idle: (cursor) => !isSweepDue(cursor, clock.now(), settings),
    })
  for (const stream of streams)
    sources.set(backfillOf(stream.name), {
      model: stream.model,
      read: (odoo, cursor) => readBackfillPage(work(odoo, stream), cursor),
      idle: (cursor) => isIdle(cursor, settings.initialDate),
    })
  return sources
}
