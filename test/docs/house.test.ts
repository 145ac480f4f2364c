import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')
/** Made here and kept out of the repository. */
const made = new Set(['node_modules', 'cdk.out', '.git', '.ml-connector', 'coverage'])

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (made.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : []
  })
const files = filesBelow(root)

describe('the repository', () => {
  test('names no path of one machine and no registry host', () => {
    // Put together here, so that this file does not hold what it looks for.
    const forbidden = new RegExp(
      [`(^|[^a-z.])/(${['work', 'farm', 'Users'].join('|')})/`, `bash${'_'}jobs`, `registry\\.[a-z]+js\\.org`].join(
        '|',
      ),
    )
    const found = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, i) => (forbidden.test(line) ? [`${relative(root, file)}:${i + 1}`] : [])),
    )
    expect(found).toEqual([])
  })

  test('has no link to a page or section that is not there', () => {
    const pages = files.filter((file) => file.endsWith('.md'))
    const broken = pages.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)].flatMap(
        ([link, path = '', anchor]) => {
          const target = path === '' ? page : resolve(dirname(page), path)
          const missing = !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor.slice(1)))
          return missing ? [`${relative(root, page)}: ${link}`] : []
        },
      ),
    )
    expect(broken).toEqual([])
  })

  test('lists every decision in their index', () => {
    const folder = join(root, 'docs', 'decisions')
    const index = readFileSync(join(folder, 'README.md'), 'utf8')
    const decisions = readdirSync(folder).filter((file) => /^\d{4}-/.test(file))
    expect(decisions.filter((file) => !index.includes(`](${file})`))).toEqual([])
  })
})

/** The anchors a page's headings get: lower case, blanks to hyphens, other marks dropped. */
const anchorsOf = (page: string): Set<string> =>
  new Set(
    [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map((match) =>
      (match[1] ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
