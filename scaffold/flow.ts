import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { integrations } from '../lib/config/register.ts'
import { documentSchemas } from '../lib/documents/index.ts'
import { formsOf, renamed } from './names.ts'
import { NotPossible, type Plan } from './plan.ts'

const root = join(import.meta.dirname, '..')
const template = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Where a flow goes from; it goes to the integration's other system. */
export interface FlowOptions {
  /** The system it reads from; the integration's first one where absent. */
  source?: string | undefined
  /** The document type it takes; product where absent. */
  type?: string | undefined
}

/** A flow that writes one record for a document, with its test and its line in the integration. Throws NotPossible. */
export function flowPlan(integration: string, name: string, options: FlowOptions = {}): Plan {
  const { camel } = formsOf(name)
  const known = integrations[integration]
  if (!known) throw new NotPossible(`There is no integration "${integration}"; there are ${list(integrations)}`)
  const type = options.type ?? 'product'
  if (!(type in documentSchemas))
    throw new NotPossible(`There is no document "${type}"; there are ${list(documentSchemas)}`)
  const source = options.source ?? known.systems[0] ?? ''
  const target = known.systems.find((system) => system !== source) ?? source
  if (!known.systems.includes(source))
    throw new NotPossible(`${integration} joins ${known.systems.join(' and ')}, not "${source}"`)

  // In one go: the source of one flow is the target of another.
  const others = new Map([
    ['odoo-shipbob', integration],
    ['.connections.shipbob', target.includes('-') ? `.connections['${target}']` : `.connections.${target}`],
    ['shipbob', target],
    ['odoo', source],
    ['product', type],
  ])
  const of = (text: string) =>
    renamed(text, name).replaceAll(
      new RegExp([...others.keys()].join('|').replaceAll('.', '\\.'), 'g'),
      (word) => others.get(word) ?? word,
    )
  const folder = `lib/integrations/${integration}`
  return {
    files: new Map([
      [
        `${folder}/flows/${name}.ts`,
        of(template('scaffold/flow/flow.ts'))
          .replace(`'../../${folder}/settings.ts'`, `'../settings.ts'`)
          .replaceAll(`'../../lib/`, `'../../../`),
      ],
      [
        `test/integrations/${integration}/${name}.test.ts`,
        of(template('test/scaffold/flow.test.ts'))
          .replaceAll(`'../../lib/`, `'../../../lib/`)
          .replace(`'../../scaffold/flow/flow.ts'`, `'../../../${folder}/flows/${name}.ts'`),
      ],
    ]),
    registrations: [
      {
        file: `${folder}/index.ts`,
        imports: [`import { ${camel}Flow } from './flows/${name}.ts'`],
        list: 'const flows',
        end: '] as Flow',
        entry: `${camel}Flow,`,
      },
    ],
  }
}

const list = (named: object): string => Object.keys(named).join(', ')
