import { readFileSync } from 'node:fs'
import { WrongUse } from '../exit.ts'

/**
 * A file of raw source documents: JSON as its value, XML as text. "-" reads standard input.
 * Throws WrongUse where it cannot be read or is neither.
 */
export function readRaw(path: string): unknown {
  const text = readText(path).replace(/^\uFEFF/, '')
  if (text.trim() === '') throw new WrongUse(`${path} is empty`)
  if (text.trimStart().startsWith('<')) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new WrongUse(`${path} is neither JSON nor XML: ${(error as Error).message}`)
  }
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path === '-' ? 0 : path))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new WrongUse(`${path} is not UTF-8 text`)
    if (code === 'ENOENT') throw new WrongUse(`there is no file ${path}`)
    if (code === 'EISDIR') throw new WrongUse(`${path} is a directory; name one file`)
    throw new WrongUse(`${path} cannot be read: ${message}`)
  }
}
