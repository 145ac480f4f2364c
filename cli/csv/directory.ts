import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { Integration, TableDefinition } from '../../lib/core/flow.ts'
import type { Problem } from '../../lib/core/problems.ts'
import { type Table, type Tables, tableVersion } from '../../lib/core/tables.ts'
import { WrongUse } from '../exit.ts'
import { didYouMean } from '../suggest.ts'
import { readTable } from './read.ts'

export interface CheckedTables {
  tables: Table[]
  problems: Problem[]
}

/**
 * Reads tables from CSV files, or from every .csv file of a directory; a file's name is its table's name. A directory
 * with a folder for each integration gives the one of this integration.
 * Throws WrongUse where a path cannot be read or a directory holds no table.
 */
export function readTables(integration: Integration, paths: readonly string[]): CheckedTables {
  const files = paths.flatMap((path) => filesAt(folderOf(integration.name, path)))
  const read = files.map((file) => readFile(integration, file))
  const problems = read.flatMap((one) => one.problems)
  const tables = read.flatMap((one) => one.tables)
  const names = tables.map((t) => t.name)
  for (const [i, name] of names.entries())
    if (names.indexOf(name) !== i)
      problems.push({
        code: 'CSV_TABLE_UNKNOWN',
        message: `more than one file holds the table ${name}`,
        path: files[i],
      })
  return { tables, problems }
}

/** The folder of one integration in a directory that has one for each; the directory itself where it has none. */
export function folderOf(integration: string, directory: string): string {
  const own = join(directory, integration)
  return existsSync(own) ? own : directory
}

/** The tables of a directory for a mapping; throws WrongUse naming every problem. */
export function tablesFrom(integration: Integration, directory: string): Tables {
  const { tables, problems } = readTables(integration, [directory])
  if (problems.length > 0) throw new WrongUse(`The tables in ${directory} have problems:`, problems)
  return Object.fromEntries(tables.map((t) => [t.name, t]))
}

function filesAt(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    const files = readdirSync(path)
      .filter((name) => extname(name).toLowerCase() === '.csv')
      .sort()
    if (files.length === 0) throw new WrongUse(`${path} holds no .csv file; a table is a file such as partners.csv`)
    return files.map((name) => join(path, name))
  } catch (error) {
    if (error instanceof WrongUse) throw error
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new WrongUse(missing ? `there is no file or directory ${path}` : `${path}: ${(error as Error).message}`)
  }
}

function readFile(integration: Integration, file: string): CheckedTables {
  const name = basename(file, extname(file))
  const definition = definitionOf(integration, name)
  if (!definition) {
    const known = integration.tables.map((t) => t.name)
    const message = `${integration.name} has no table "${name}"; ${didYouMean(name, known)}`
    return { tables: [], problems: [{ code: 'CSV_TABLE_UNKNOWN', message, path: file }] }
  }
  const found = readTable(definition, file, readFileSync(file))
  return 'problems' in found
    ? { tables: [], problems: found.problems }
    : { tables: [{ name, version: tableVersion(found.rows), rows: found.rows }], problems: [] }
}

export const definitionOf = (integration: Integration, name: string): TableDefinition | undefined =>
  integration.tables.find((t) => t.name === name)
