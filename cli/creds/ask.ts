import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { WrongUse } from '../exit.ts'
import type { Terminal } from '../terminal.ts'

/** A secret from a file, from what is piped in, or typed at a terminal without being shown. Throws WrongUse. */
export async function askSecret(file: string, what: string, terminal: Terminal): Promise<string> {
  if (file === '-' && process.stdin.isTTY) return typed(what, terminal)
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    const where = file === '-' ? 'standard input' : file
    throw new WrongUse(`${where} cannot be read: ${(error as NodeJS.ErrnoException).code}`)
  }
}

async function typed(what: string, terminal: Terminal): Promise<string> {
  terminal.note(`${what}, then Enter (it is not shown):`)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await prompt.question('')
  } finally {
    prompt.close()
  }
}
