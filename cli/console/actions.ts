import type { Config } from '../../lib/config/config.ts'
import { stateOf } from '../../lib/pipeline/ledger/ledger.ts'
import { pauseConnection, resumeConnection } from '../connections/pause.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { meantDocument } from '../exceptions/meant.ts'
import { redriveDocuments } from '../exceptions/redrive.ts'
import { waitingDocuments } from '../exceptions/waiting.ts'
import { holdDocument, releaseDocument, resolveDocument } from '../exceptions/words.ts'
import { WrongUse } from '../exit.ts'
import { sendAgain, storedDocuments } from '../replay/documents.ts'
import { effortOf } from '../replay/effort.ts'
import { previewReplay } from '../replay/preview.ts'
import { undoDocument, undoPreview } from '../undo/undo.ts'
import type {
  Done,
  PreviewAnswer,
  RedriveAsked,
  ReplayAsked,
  SwitchAsked,
  UndoAnswer,
  UndoAsked,
  WordSaid,
} from './api.ts'

/** Who acts, and when (epoch milliseconds). */
export interface Actor {
  user: string
  now: number
}

/** Brings dead letters back, of a cause, of a document, or all; a document that has none is sent from the ledger. */
export async function redrive(deployment: Deployment, asked: RedriveAsked, { user }: Actor): Promise<Done> {
  const waiting = await waitingDocuments(deployment.ledger)
  const { moved } = await redriveDocuments(deployment, asked, waiting)
  if (moved > 0 || asked.document === undefined) return { count: moved }
  const { entry } = await meantDocument(asked.document, deployment)
  await sendAgain(deployment, [entry], `${user}: retried from the console`)
  return { count: 1 }
}

/** What a replay would do. */
export async function preview(deployment: Deployment, config: Config, asked: ReplayAsked): Promise<PreviewAnswer> {
  const entries = await entriesMeant(deployment, asked)
  const previews = []
  for (const entry of entries) {
    const one = await previewReplay(entry, deployment, config)
    if (one) previews.push(one)
  }
  return { documents: previews, efforts: effortOf(previews, config) }
}

/** Sends documents through the mapping again; those on their way are left alone. */
export async function replay(deployment: Deployment, asked: ReplayAsked, { user }: Actor): Promise<Done> {
  const why = asked.why?.trim()
  if (!why) throw new WrongUse('say why; it is kept in the audit trail')
  const entries = await entriesMeant(deployment, asked)
  await sendAgain(deployment, entries, `${user}: ${why}`)
  return { count: entries.length }
}

async function entriesMeant(deployment: Deployment, asked: ReplayAsked) {
  if (asked.document !== undefined && asked.document !== '')
    return [(await meantDocument(asked.document, deployment)).entry]
  const { flow, from, to, code } = asked
  const filter = Object.fromEntries(Object.entries({ flow, from, to, code }).filter(([, value]) => value))
  const found = await storedDocuments(deployment, filter)
  return found
    .filter(({ progress, mapped }) => !['captured', 'mapped'].includes(stateOf(progress, mapped)))
    .map(({ entry }) => entry)
}

/** What a person says of a document. */
export async function say(deployment: Deployment, { verb, document, text }: WordSaid, actor: Actor): Promise<Done> {
  const written = text.trim()
  if (written === '') throw new WrongUse('write a reason; it is kept with the document')
  const story = await meantDocument(document, deployment)
  const word = { at: new Date(actor.now).toISOString(), by: actor.user, text: written }
  if (verb === 'hold') await holdDocument(deployment, story, word)
  else if (verb === 'release') await releaseDocument(deployment, story, word)
  else if (verb === 'resolve') await resolveDocument(deployment, story, word)
  else if (verb === 'assign') await deployment.ledger.remark(story.entry, { assignee: written })
  else await deployment.ledger.remark(story.entry, { note: word })
  await deployment.ledger.attest()
  return { count: 1 }
}

/** Takes back what was written of a document; without a reason only says what would be done. */
export async function undo(deployment: Deployment, asked: UndoAsked, actor: Actor): Promise<UndoAnswer> {
  const story = await meantDocument(asked.document, deployment)
  const text = asked.why?.trim()
  if (asked.why !== undefined && !text) throw new WrongUse('say why; it is kept in the audit trail')
  const plan = text
    ? await undoDocument(deployment, story, { at: new Date(actor.now).toISOString(), by: actor.user, text })
    : await undoPreview(deployment, story)
  if ('refused' in plan) return { refused: plan.refused.message, does: [], warnings: [] }
  return {
    does: plan.does.map(({ connection, what }) => `${connection}: ${what}`),
    warnings: plan.warnings.map(({ code, message }) => (code === 'UNDO_BY_HAND' ? `By hand: ${message}` : message)),
  }
}

/** Pauses or resumes a connection. */
export async function switchConnection(deployment: Deployment, asked: SwitchAsked, actor: Actor): Promise<Done> {
  if (asked.on) await resumeConnection(deployment, asked.connection)
  else {
    const why = asked.why?.trim()
    if (!why) throw new WrongUse('say why; status shows it')
    await pauseConnection(deployment, asked.connection, {
      since: new Date(actor.now).toISOString(),
      by: actor.user,
      why,
    })
  }
  return { count: 1 }
}
