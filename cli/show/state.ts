import type { HistoryEntry } from '../../lib/core/flow.ts'
import { type Progress, type ShownState, stateOf } from '../../lib/pipeline/ledger/ledger.ts'
import type { Terminal } from '../terminal.ts'

const colours = {
  captured: 'cyan',
  mapped: 'cyan',
  delivered: 'green',
  held: 'yellow',
  rejected: 'red',
  skipped: 'gray',
  undone: 'magenta',
} as const

/** The state as people read it: what is captured or mapped is on its way. */
export function stateText(state: ShownState, terminal: Terminal): string {
  return terminal.style(colours[state], state === 'captured' || state === 'mapped' ? 'in flight' : state)
}

export const stateOfProgress = (progress: Progress | undefined): HistoryEntry['state'] => stateOf(progress, true)
