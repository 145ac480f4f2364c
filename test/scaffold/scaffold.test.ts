import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { scaffold } from '../../scaffold/main.ts'
import { systemFiles } from '../../scaffold/system.ts'
import tsconfig from '../../tsconfig.json' with { type: 'json' }

const root = resolve(import.meta.dirname, '..', '..')
const page = (name: string) => readFileSync(join(root, 'docs', name), 'utf8')

/** What a new system or flow touches, and what that needs to compile. */
function copy(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ml-connector-scaffold-'))
  for (const part of ['lib', 'functions', 'cli', 'test/support'])
    cpSync(join(root, part), join(directory, part), { recursive: true })
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ type: 'module' }))
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
  const include = ['lib', 'functions', 'cli/systems.ts', 'cli/preview/systems.ts', 'test/systems', 'test/integrations']
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ ...tsconfig, include }))
  return directory
}

function compilerOn(directory: string): string {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '--noEmit'], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return stdout
}

describe('a scaffold', () => {
  let directory = ''
  beforeAll(() => {
    directory = copy()
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const make = (...args: string[]) => scaffold([...args, '--out', directory], root)

  test('of a system and of a flow in each integration compiles as it is, every line in its list', () => {
    make('system', 'adobe-commerce')
    make('flow', 'odoo-shipbob', 'stock-out')
    make('flow', 'odoo-shipbob', 'count-in', '--source', 'shipbob', '--type', 'shipment')
    make('flow', 'odoo-sps-commerce', 'catalogue-out')
    make('flow', 'acumatica-sps-commerce', 'receipt-in', '--source', 'sps-commerce', '--type', 'warehouse-receipt')
    expect(compilerOn(directory)).toBe('')
    expect(readFileSync(join(directory, 'lib/config/register.ts'), 'utf8')).toContain(
      "'adobe-commerce': adobeCommerce,",
    )
    const countIn = readFileSync(join(directory, 'lib/integrations/odoo-shipbob/flows/count-in.ts'), 'utf8')
    expect(countIn).toContain("source: 'shipbob'")
    expect(countIn).toContain('connection: context.connections.odoo')
  }, 30_000)

  test('overwrites nothing', () => {
    make('system', 'twice-made')
    expect(() => make('system', 'twice-made')).toThrow('There is one already: lib/systems/twice-made/')
  })

  test.each([
    [['system', 'Adobe'], 'is no name'],
    [['flow', 'odoo-amazon', 'orders'], 'There is no integration "odoo-amazon"'],
    [['flow', 'odoo-shipbob', 'orders', '--type', 'order'], 'There is no document "order"'],
    [['flow', 'odoo-shipbob', 'orders', '--source', 'acumatica'], 'odoo-shipbob joins odoo and shipbob'],
    [['connector', 'x'], 'npm run scaffold -- system <name>'],
  ])('of %j is refused in words', (args, words) => {
    expect(() => make(...args)).toThrow(words)
  })

  test('in an empty directory tells the lines to add', () => {
    const empty = mkdtempSync(join(tmpdir(), 'ml-connector-scaffold-'))
    expect(scaffold(['system', 'magento', '--out', empty], root)).toContain('Add to lib/config/register.ts:')
    expect(existsSync(join(empty, 'functions/poll/magento.ts'))).toBe(true)
    rmSync(empty, { recursive: true, force: true })
  })
})

describe('docs/add-a-system.md', () => {
  const files = [...page('add-a-system.md').matchAll(/^\| `([\w-]+\.ts)` /gm)].map(([, file = '']) => file)

  test('lists the files that a scaffold makes', () => {
    expect(files.toSorted()).toEqual(systemFiles.toSorted())
  })

  test.each(readdirSync(join(root, 'lib', 'systems')))('describes %s too', (system) => {
    // Odoo signs in for a session rather than with tokens.
    const own = readdirSync(join(root, 'lib', 'systems', system)).map((file) =>
      file === 'sign-in.ts' ? 'auth.ts' : file,
    )
    expect(files.filter((file) => !own.includes(file))).toEqual([])
  })
})

describe('docs/add-a-flow.md', () => {
  test('shows outcomes that a mapping may return', () => {
    const outcomes = [...page('add-a-flow.md').matchAll(/^\| `(\w+)` /gm)].map(([, outcome = '']) => outcome)
    const exchange = readFileSync(join(root, 'lib', 'core', 'exchange.ts'), 'utf8')
    const result = exchange.slice(exchange.indexOf('export type MapResult'))
    expect(outcomes.length).toBe(4)
    expect(outcomes.filter((outcome) => !result.includes(`'${outcome}'`))).toEqual([])
  })
})
