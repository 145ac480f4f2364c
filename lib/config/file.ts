import { readFileSync } from 'node:fs'
import { ConfigurationError } from '../core/failures.ts'
import { type Config, parseConfig } from './config.ts'

/**
 * Reads and validates a configuration file. Throws ConfigurationError where it is missing, is no JSON, or has
 * problems; each with its path in the file.
 */
export function readConfig(path: string): Config {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw unreadable(missing ? 'there is no such file' : `cannot be read: ${(error as Error).message}`)
  }
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw unreadable(`is not JSON: ${(error as Error).message}`)
  }
  return parseConfig(raw)
}

const unreadable = (message: string) => new ConfigurationError([{ code: 'CONFIGURATION', message }])
