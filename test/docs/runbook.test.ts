import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codesIn, rewritten, runbookFile } from '../../docs/runbook.ts'
import { problemCodes } from '../../lib/core/problem-codes/index.ts'

const runbook = readFileSync(runbookFile, 'utf8')
const root = join(import.meta.dirname, '..', '..')

describe('the runbook', () => {
  test('has a section for every problem code and none for a code that is gone', () => {
    expect([...codesIn(runbook)].sort()).toEqual(Object.keys(problemCodes).sort())
  })

  test('says of every code what the catalogue says (else: node docs/runbook.ts)', () => {
    expect(rewritten(runbook)).toBe(runbook)
  })

  test('keeps what was written by hand under a code when the catalogue changes', () => {
    const before = rewritten('<!-- codes:start -->\n<!-- codes:end -->\n', {
      LOST: { class: 'transient', remedy: 'Wait.' },
      GONE: { class: 'held', remedy: 'Look.' },
    })
    const noted = before.replace('**Do:** Wait.\n', '**Do:** Wait.\n\nOn Mondays it takes longer.\n')
    const after = rewritten(noted, { LOST: { class: 'held', remedy: 'Ask.' } })
    expect(after).toContain('**Do:** Ask.\n\nOn Mondays it takes longer.')
    expect(codesIn(after)).toEqual(['LOST'])
  })

  test('has the section every alarm points at', () => {
    const alarms = readFileSync(join(root, 'infra', 'alarms.ts'), 'utf8')
    const anchors = [...alarms.matchAll(/anchor: '([^']+)'/g)].map((match) => match[1])
    expect(anchors.length).toBeGreaterThan(0)
    const headings = [...runbook.matchAll(/^### (\S+)$/gm)].map((match) => match[1])
    expect(anchors.filter((anchor) => !headings.includes(anchor))).toEqual([])
  })

  test('and every other page that the code points to is there, with the section named', () => {
    const pointers = ['cli', 'infra', 'lib', 'functions', 'sandbox']
      .flatMap((folder) => sources(join(root, folder)))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/docs\/[\w/-]+\.\w+(?:#([\w-]+))?/g)])
      .map(([pointer, section]) => ({ pointer, section, page: join(root, pointer.split('#')[0] ?? '') }))
    const missing = pointers.filter(
      ({ page, section }) =>
        !existsSync(page) || (section && !new RegExp(`^#+ ${section}$`, 'im').test(readFileSync(page, 'utf8'))),
    )
    expect(missing).toEqual([])
  })

  test('covers every code the library names: each stands in the catalogue', () => {
    const used = sources(join(root, 'lib')).flatMap((file) => [
      ...[...readFileSync(file, 'utf8').matchAll(/\bcode: '([A-Z][A-Z0-9_]+)',/g)].map((match) => match[1] ?? ''),
      ...[...readFileSync(file, 'utf8').matchAll(/new Failure\(\s*'[a-z-]+',\s*'([A-Z][A-Z0-9_]+)'/g)].map(
        (match) => match[1] ?? '',
      ),
    ])
    expect([...new Set(used)].filter((code) => !(code in problemCodes))).toEqual([])
  })
})

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
