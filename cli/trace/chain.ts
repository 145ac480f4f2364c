import { isUndone, type Story, shownState } from '../../lib/pipeline/ledger/ledger.ts'
import { documentName, writeName } from '../show/names.ts'

/**
 * The whole thread on one line: what came in and what was made of it, in order
 * ("850 4500187801 → order SO-20931 → 855 → shipment JS-SHP-0032010 → 856"). What was skipped moved nothing and is
 * left out, unless there is nothing else.
 */
export function chainOf(stories: readonly Story[]): string {
  const moved = stories.filter((s) => s.progress?.state !== 'skipped' || isUndone(s.progress))
  return (moved.length > 0 ? moved : stories).flatMap(linksOf).join(' → ')
}

function linksOf({ entry, progress, mappings }: Story): string[] {
  const state = shownState(progress, mappings.length > 0)
  const own = `${documentName(entry.type)} ${entry.number}${state === 'delivered' ? '' : ` (${inWords[state]})`}`
  const made = (progress?.targets ?? []).map((target) => {
    const [number] = target.numbers
    const name = writeName(target.operation)
    // A retailer's document has our own number; the ERP's order has one that is new to the reader.
    return number === undefined || target.operation.startsWith('send-') ? name : `${name} ${number}`
  })
  return [own, ...made]
}

const inWords = {
  captured: 'in flight',
  mapped: 'in flight',
  delivered: '',
  held: 'held',
  rejected: 'rejected',
  skipped: 'skipped',
  undone: 'undone',
} as const
