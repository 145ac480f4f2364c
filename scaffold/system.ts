import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formsOf, renamed } from './names.ts'
import type { Plan, Registration } from './plan.ts'

const root = join(import.meta.dirname, '..')
const template = (file: string): string => readFileSync(join(root, file), 'utf8')

/** The files of a system, as every system has them. */
export const systemFiles = readdirSync(join(root, 'scaffold', 'system')).filter((file) => file !== 'codes.ts')

/** A system that reads and writes records over HTTP with an API key: what an author goes on from. */
export function systemPlan(name: string): Plan {
  const folder = `lib/systems/${name}`
  const codes = `lib/core/problem-codes/${name}.ts`
  const inFolder = (text: string) =>
    text.replaceAll(`'../../lib/`, `'../../`).replaceAll(`'./codes.ts'`, `'../../core/problem-codes/${name}.ts'`)
  const entryPoint = (text: string) => text.replaceAll(`'../system/`, `'../../${folder}/`)
  const test = (text: string) =>
    text
      .replaceAll(`'../../scaffold/system/`, `'../../../${folder}/`)
      .replaceAll(`'../support/`, `'../../support/`)
      .replaceAll(`'../../lib/`, `'../../../lib/`)
  return {
    files: new Map([
      ...systemFiles.map(
        (file) => [`${folder}/${file}`, inFolder(renamed(template(`scaffold/system/${file}`), name))] as const,
      ),
      [
        codes,
        renamed(template('scaffold/system/codes.ts'), name).replace(
          `'../../lib/core/problem-codes/index.ts'`,
          `'./index.ts'`,
        ),
      ],
      [`functions/poll/${name}.ts`, entryPoint(template('scaffold/functions/poll.ts'))],
      [`functions/push/${name}.ts`, entryPoint(template('scaffold/functions/push.ts'))],
      [`test/systems/${name}/${name}.test.ts`, test(renamed(template('test/scaffold/system.test.ts'), name))],
    ]),
    registrations: registrations(name, folder),
  }
}

/** One line in each list of systems. */
function registrations(name: string, folder: string): Registration[] {
  const { camel, Pascal } = formsOf(name)
  const from = (up: string, file: string) => `from '${up}${folder.replace(up === '../' ? 'lib/' : '', '')}/${file}'`
  return [
    {
      file: 'lib/config/register.ts',
      imports: [`import { system as ${camel} } ${from('../', 'settings.ts')}`],
      list: 'export const systems',
      end: '}\n',
      entry: `  '${name}': ${camel},\n`,
    },
    {
      file: 'lib/core/problem-codes/index.ts',
      imports: [`import { ${camel}Codes } from './${name}.ts'`],
      list: 'export const problemCodes',
      end: '}\n',
      entry: `  ...${camel}Codes,\n`,
    },
    {
      file: 'functions/map.ts',
      imports: [
        `import { parse as parse${Pascal} } from '../${folder}/parse.ts'`,
        `import { undo as undo${Pascal} } from '../${folder}/undo.ts'`,
      ],
      list: 'acumatica: { parse',
      end: '  },\n)',
      entry: `    '${name}': { parse: parse${Pascal}, undo: undo${Pascal} },\n`,
    },
    ...readAndPinged(name, folder, Pascal),
    {
      file: 'cli/preview/systems.ts',
      imports: [
        `import { parse as parse${Pascal} } from '../../${folder}/parse.ts'`,
        `import { documentsOf as ${camel}Documents } from '../../${folder}/preview.ts'`,
      ],
      list: 'export const previewSystems',
      end: '}\n',
      entry: `  '${name}': { documentsOf: ${camel}Documents, parse: parse${Pascal} },\n`,
    },
  ]
}

function readAndPinged(name: string, folder: string, Pascal: string): Registration[] {
  const file = 'cli/systems.ts'
  const settings = `${Pascal}Settings`
  return [
    {
      file,
      imports: [
        `import { ping as ping${Pascal} } from '../${folder}/ping.ts'`,
        `import { createReader as create${Pascal}Reader } from '../${folder}/reader.ts'`,
        `import type { Settings as ${settings} } from '../${folder}/settings.ts'`,
      ],
      list: 'export const pingedSystems',
      end: '}\n',
      entry: `  '${name}': (context) => ping${Pascal}(context as ConnectionContext<${settings}>),\n`,
    },
    {
      file,
      imports: [],
      list: 'export const systemReaders',
      end: '}\n',
      entry: `  '${name}': (context) => create${Pascal}Reader(context as ConnectionContext<${settings}>),\n`,
    },
  ]
}
