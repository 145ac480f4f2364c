import { type Config, integrationInstances } from '../../lib/config/config.ts'
import { integrations } from '../../lib/config/register.ts'
import type { TableDefinition } from '../../lib/core/flow.ts'
import { readTable } from '../csv/read.ts'
import { writeTable } from '../csv/write.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { WrongUse } from '../exit.ts'
import type { TableChange, TableContent, TableList, TableProblem } from './api.ts'

/** Somebody else stored the table meanwhile. */
export class TableMoved extends Error {
  override readonly name = 'TableMoved'
}

/** The cross-reference tables of every configured integration, with what is stored of them. */
export async function tableLists(deployment: Deployment, config: Config): Promise<TableList[]> {
  return Promise.all(
    integrationInstances(config).map(async ({ name, type }) => {
      const stored = await deployment.tables.load(name)
      const tables = (integrations[type]?.tables ?? []).map((definition) => ({
        name: definition.name,
        description: definition.description,
        ...(stored[definition.name] ? { version: stored[definition.name]?.version ?? '' } : {}),
        rows: stored[definition.name]?.rows.length ?? 0,
      }))
      return { integration: name, tables }
    }),
  )
}

/** One table with its columns and rows. Throws WrongUse where there is none of that name. */
export async function tableContent(
  integration: string,
  name: string,
  deployment: Deployment,
  config: Config,
): Promise<TableContent> {
  const definition = definitionOf(integration, name, config)
  const stored = (await deployment.tables.load(integration))[name]
  return {
    integration,
    name,
    description: definition.description,
    key: definition.key,
    columns: definition.columns,
    ...(stored ? { version: stored.version } : {}),
    rows: [...(stored?.rows ?? [])],
  }
}

/**
 * Stores edited rows as a new version, checked as a file would be. Throws TableMoved where another version than the
 * edited one is current.
 */
export async function storeTable(
  { integration, name, version, rows }: TableChange,
  deployment: Deployment,
  config: Config,
): Promise<{ version: string } | { problems: TableProblem[] }> {
  const definition = definitionOf(integration, name, config)
  const current = (await deployment.tables.load(integration))[name]
  if (current?.version !== version)
    throw new TableMoved(`${name} was changed by somebody else meanwhile; load it again and repeat your change`)
  const kept = rows.filter((row) => Object.values(row).some((cell) => cell.trim() !== ''))
  const checked = readTable(definition, name, Buffer.from(writeTable(definition, kept)))
  if ('problems' in checked) return { problems: checked.problems.map((problem) => inRow(problem, rows, kept)) }
  return { version: (await deployment.tables.save(integration, name, checked.rows)).version }
}

/** A file's line as the row it came from; a cell may hold several lines. */
function inRow(problem: TableProblem, rows: TableChange['rows'], kept: TableChange['rows']): TableProblem {
  const { path, ...rest } = problem
  let left = Number(path?.split(':').at(-1)) - 2
  const row = kept.find((one) => {
    if (left === 0) return true
    left -= Object.values(one).join('').split('\n').length
    return false
  })
  return row ? { ...rest, at: rows.indexOf(row) } : rest
}

function definitionOf(integration: string, name: string, config: Config): TableDefinition {
  const instance = integrationInstances(config).find((one) => one.name === integration)
  const definition = integrations[instance?.type ?? '']?.tables.find((table) => table.name === name)
  if (!definition) throw new WrongUse(`there is no table ${name} of ${integration}`)
  return definition
}
