import * as z from 'zod'
import type { Config } from '../../lib/config/config.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { causesOf, waitingDocuments, withCause } from '../exceptions/waiting.ts'
import type { StoredDocument } from '../replay/documents.ts'
import { type Actor, preview, redrive, replay, say, switchConnection, undo } from './actions.ts'
import type { Exceptions, WaitingRow } from './api.ts'
import { overviewOf } from './overview.ts'
import { storyOf } from './stories.ts'
import { storeTable, tableContent, tableLists } from './tables.ts'

/** What a request to the API is answered from. */
export interface Work {
  deployment: Deployment
  config: Config
  actor: Actor
  /** True while functions are at work on this machine. */
  busy: boolean
  /** Has the functions work on what was put into queues; resolves at once, they go on by themselves. */
  nudge(): void
}

type Query = URLSearchParams

const text = z.string()
const maybe = z.string().optional()
const redriveAsked = z.object({ cause: maybe, document: maybe })
const replayAsked = z.object({ document: maybe, flow: maybe, from: maybe, to: maybe, code: maybe, why: maybe })
const wordSaid = z.object({
  verb: z.enum(['hold', 'release', 'resolve', 'note', 'assign']),
  document: text,
  text,
})
const undoAsked = z.object({ document: text, why: maybe })
const switchAsked = z.object({ connection: text, on: z.boolean(), why: maybe })
const tableChange = z.object({
  integration: text,
  name: text,
  version: maybe,
  rows: z.array(z.record(text, text)).max(100_000),
})

/** What can be read, by path. */
export const readings: Readonly<Record<string, (work: Work, query: Query) => Promise<unknown>>> = {
  'api/overview': async ({ deployment, config, actor, busy }, query) => {
    const documents: StoredDocument[] = await Array.fromAsync(deployment.ledger.all())
    return overviewOf(deployment, config, documents, { hours: hoursOf(query), now: actor.now, busy })
  },
  'api/exceptions': async ({ deployment }): Promise<Exceptions> => {
    const waiting = await waitingDocuments(deployment.ledger)
    return { documents: waiting.length, causes: causesOf(waiting) }
  },
  'api/waiting': async ({ deployment }, query) => {
    const waiting = await waitingDocuments(deployment.ledger)
    return withCause(waiting, query.get('cause') ?? '').map(({ entry, progress }): WaitingRow => {
      const { state, problems, hold, assignee, notes = [] } = progress
      return {
        entry,
        state: state === 'pushing' ? 'mapped' : state,
        problems,
        notes,
        ...(hold ? { hold } : {}),
        ...(assignee ? { assignee } : {}),
      }
    })
  },
  'api/story': ({ deployment }, query) => storyOf(query.get('id') ?? '', deployment),
  'api/tables': ({ deployment, config }) => tableLists(deployment, config),
  'api/table': ({ deployment, config }, query) =>
    tableContent(query.get('integration') ?? '', query.get('name') ?? '', deployment, config),
}

/** What can be done, by path; every body is validated before. */
export const doings: Readonly<Record<string, (work: Work, body: unknown) => Promise<unknown>>> = {
  'api/preview': ({ deployment, config }, body) => preview(deployment, config, given(replayAsked, body)),
  'api/redrive': (work, body) => then(work, redrive(work.deployment, given(redriveAsked, body), work.actor)),
  'api/replay': (work, body) => then(work, replay(work.deployment, given(replayAsked, body), work.actor)),
  'api/word': (work, body) => then(work, say(work.deployment, wordSaid.parse(body), work.actor)),
  'api/undo': (work, body) => {
    const asked = given(undoAsked, body)
    const answer = undo(work.deployment, asked, work.actor)
    return asked.why === undefined ? answer : then(work, answer)
  },
  'api/switch': (work, body) => then(work, switchConnection(work.deployment, given(switchAsked, body), work.actor)),
  'api/table': ({ deployment, config }, body) => storeTable(given(tableChange, body), deployment, config),
}

async function then<T>(work: Work, done: Promise<T>): Promise<T> {
  const result = await done
  work.nudge()
  return result
}

/** A validated body without the fields that are not there. */
function given<Schema extends z.ZodType>(schema: Schema, body: unknown): Given<z.output<Schema>> {
  const fields = Object.entries(schema.parse(body) as object).filter(([, value]) => value !== undefined)
  return Object.fromEntries(fields) as Given<z.output<Schema>>
}
type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Between an hour and a quarter of a year. */
const hoursOf = (query: Query): number => Math.min(2160, Math.max(1, Number(query.get('hours')) || 24))
