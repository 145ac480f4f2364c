import type { PersonsWord, Story } from '../../lib/pipeline/ledger/ledger.ts'
import { dropSome } from '../dead-letters/move.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { WrongUse } from '../exit.ts'
import { sendAgain } from '../replay/documents.ts'

/** Keeps a document from being sent until it is released. Throws WrongUse where it is too late. */
export async function holdDocument({ ledger }: Deployment, { entry }: Story, word: PersonsWord): Promise<void> {
  const result = await ledger.hold(entry, word)
  await ledger.attest()
  if (result === 'over') throw new WrongUse(`${entry.documentId} is over: there is nothing left to hold`)
  if (result === 'sending')
    throw new WrongUse(`${entry.documentId} is being written at this moment; look again in a minute`)
}

/** Lets a held document go: it is mapped with today's tables. Throws WrongUse where nobody holds it. */
export async function releaseDocument(
  deployment: Deployment,
  { entry, progress }: Story,
  word: PersonsWord,
): Promise<void> {
  if (!progress?.hold) throw new WrongUse(`nobody holds ${entry.documentId}`)
  await deployment.ledger.hold(entry, undefined)
  await deployment.ledger.attest()
  await sendAgain(deployment, [entry], `${word.by}: ${word.text}`)
}

/**
 * Settles a waiting document without sending it: its exception is closed, with who and why, and its dead letters are
 * deleted. Throws WrongUse where it does not wait.
 */
export async function resolveDocument(
  deployment: Deployment,
  { entry, progress }: Story,
  word: PersonsWord,
): Promise<void> {
  if (progress?.state !== 'held' && progress?.state !== 'rejected')
    throw new WrongUse(`${entry.documentId} does not wait for a person`)
  await deployment.ledger.settle(entry, {
    state: 'skipped',
    step: progress.step,
    problems: [{ code: 'RESOLVED_BY_HAND', message: `${word.by} settled it without sending: ${word.text}` }],
    warnings: progress.warnings,
    attempt: {
      at: word.at,
      stage: 'map',
      outcome: 'skipped',
      code: 'RESOLVED_BY_HAND',
      by: `${word.by}: ${word.text}`,
    },
  })
  await deployment.ledger.attest()
  for (const queue of [deployment.documents, ...Object.values(deployment.connections)])
    await dropSome(deployment.aws, queue, (id) => id === entry.documentId)
}
