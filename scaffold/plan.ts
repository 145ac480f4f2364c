import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A line in a file that lists systems, integrations or flows: its imports, and its entry in a list. */
export interface Registration {
  file: string
  imports: readonly string[]
  entry: string
  /** Text with which the list begins; the entry goes to its end. */
  list: string
  /** Text that ends the list. */
  end: string
}

/** What is made: new files, and lines in files that are there. */
export interface Plan {
  files: ReadonlyMap<string, string>
  registrations: readonly Registration[]
}

/** A plan that cannot be carried out as it was asked for. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible'
}

/**
 * Carries out a plan below a directory: nothing where a file of it exists. Throws NotPossible.
 * @returns the registrations whose file is not there, for a person to make
 */
export function carryOut({ files, registrations }: Plan, directory: string): Registration[] {
  const there = [...files.keys()].filter((file) => existsSync(join(directory, file)))
  if (there.length > 0) throw new NotPossible(`There is one already: ${there.join(', ')}`)
  const byHand = registrations.filter(({ file }) => !existsSync(join(directory, file)))
  const changed = new Map<string, string>()
  for (const one of registrations.filter((registration) => !byHand.includes(registration)))
    changed.set(one.file, registered(changed.get(one.file) ?? readFileSync(join(directory, one.file), 'utf8'), one))
  for (const [file, text] of [...files, ...changed]) {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), text)
  }
  return byHand
}

function registered(text: string, { file, imports, entry, list, end }: Registration): string {
  const start = text.indexOf(list)
  const at = text.indexOf(end, start)
  if (start < 0 || at < 0) throw new NotPossible(`${file}: "${list}" is not there; add the line yourself: ${entry}`)
  const afterImports = text.indexOf('\n\n')
  const before = text.slice(afterImports, at)
  const comma = /[,{[]$/.test(before.trimEnd()) ? '' : ', '
  return [
    text.slice(0, afterImports),
    ...imports.map((line) => `\n${line}`),
    before,
    comma,
    entry,
    text.slice(at),
  ].join('')
}
