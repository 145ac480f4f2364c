import type { Terminal } from '../terminal.ts'
import type { Counts } from './counts.ts'
import { flowLines } from './table.ts'

/** Shows how a run goes on. */
export interface Progress {
  /** What is happening now, in a few words. */
  say(text: string): void
  show(counts: Counts, text: string): void
  /** Nothing is drawn over after this. */
  end(): void
}

/** On a terminal: the table of flows, drawn in place. */
export function liveTable(terminal: Terminal): Progress {
  let drawn = 0
  const draw = (lines: readonly string[]) => {
    // Back to the table's first line, and everything below it is gone.
    terminal.control(drawn > 0 ? `\u001b[${drawn}A\u001b[0J` : '')
    terminal.print(lines.join('\n'))
    drawn = lines.length
  }
  let table: string[] = []
  return {
    say: (text) => draw([...table, terminal.style('dim', text)]),
    show: (counts, text) => {
      table = [...flowLines(counts.flows, terminal), '']
      draw([...table, terminal.style('dim', text)])
    },
    end: () => {
      terminal.control(drawn > 0 ? `\u001b[${drawn}A\u001b[0J` : '')
      drawn = 0
    },
  }
}

/** Elsewhere: a line where something changed, on standard error, so that standard output holds the result alone. */
export function progressLines(terminal: Terminal): Progress {
  let last = ''
  return {
    say: (text) => terminal.note(text),
    show: ({ flows }, text) => {
      const sum = (field: 'captured' | 'delivered' | 'held' | 'rejected' | 'skipped' | 'inFlight') =>
        flows.reduce((n, f) => n + f[field], 0)
      const waits = sum('held') + sum('rejected')
      const line = `${sum('captured')} captured, ${sum('delivered')} delivered, ${waits} held or rejected, ${sum('skipped')} skipped, ${sum('inFlight')} in flight`
      if (line !== last) terminal.note(`${text}: ${line}`)
      last = line
    },
    end: () => undefined,
  }
}
