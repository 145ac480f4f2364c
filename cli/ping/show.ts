import type { PingLine } from '../../lib/core/ping.ts'
import { wrap } from '../layout.ts'
import type { Terminal } from '../terminal.ts'

const colours = { pass: 'green', warn: 'yellow', fail: 'red' } as const
/** Room for the longest names of checks; a longer one moves its own line only. */
const checkWidth = 34

/** One check as text: level, what was looked at, what was found, and what to do. */
export function showLine({ check, level, message, remedy }: PingLine, terminal: Terminal): void {
  const indent = ' '.repeat(8 + checkWidth)
  const head = `  ${terminal.style(colours[level], level)}  ${check.padEnd(checkWidth - 1)} `
  terminal.print(head + wrap(message, terminal.width, indent))
  if (remedy) terminal.print(indent + wrap(`To do: ${remedy}`, terminal.width, indent))
}
