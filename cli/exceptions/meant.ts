import { type Story, stateOf } from '../../lib/pipeline/ledger/ledger.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { WrongUse } from '../exit.ts'
import { commandLine } from '../next.ts'

/** The one document an id means; a number may mean several, and then a person has to say which. Throws WrongUse. */
export async function meantDocument(id: string, { ledger, title, arguments: where }: Deployment): Promise<Story> {
  const stories = await ledger.stories(id)
  const exact = stories.filter((s) => s.entry.documentId === id)
  const own = exact.length > 0 ? exact : stories.filter((s) => s.entry.number === id)
  const [story] = own
  if (!story)
    throw new WrongUse(`${title} has no document "${id}"; ${commandLine('trace', id, ...where)} shows what is near it`)
  if (own.length > 1)
    throw new WrongUse(
      `"${id}" means ${own.length} documents; name one of them:\n${own
        .map(({ entry, progress, mappings }) => `  ${entry.documentId}  ${stateOf(progress, mappings.length > 0)}`)
        .join('\n')}`,
    )
  return story
}
