import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** One line that a function wrote. */
export interface LogLine {
  /** Logical id of the function. */
  function: string
  line: string
}

/**
 * Where the functions' lines go: to the caller, and with a state directory to `logs/<function>.log` in it.
 * @returns the sink
 */
export function createLogs(directory: string | undefined, log: ((entry: LogLine) => void) | undefined) {
  const logs = directory && join(directory, 'logs')
  if (logs) mkdirSync(logs, { recursive: true })
  return (entry: LogLine): void => {
    if (logs) appendFileSync(join(logs, `${entry.function}.log`), `${entry.line}\n`)
    log?.(entry)
  }
}
