import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8')
const folders = /## Folders\n\n```\n([\s\S]*?)\n```/.exec(page)?.[1]?.split('\n') ?? []

/** Every folder that the page lists, as a path; `<s>` stands for any. */
function listed(): string[] {
  let above = ''
  return folders.flatMap((line) => {
    const [, indent = '', folder = ''] = /^( *)([\w-]+\/)/.exec(line) ?? []
    if (indent === '') above = folder
    return folder === '' ? [] : [indent === '' ? folder : `${above}${folder}`]
  })
}

describe('the folders in docs/architecture.md', () => {
  test('exist', () => {
    expect(listed().length).toBeGreaterThan(10)
    expect(listed().filter((folder) => !existsSync(join(root, folder)))).toEqual([])
  })

  test('are all there are at the top, and below lib', () => {
    const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n')
    const below = (folder: string) =>
      readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !ignored.includes(`${entry.name}/`))
        .map((entry) => `${folder}${entry.name}/`)
    expect([...below(''), ...below('lib/')].filter((folder) => !listed().includes(folder))).toEqual([])
  })
})
