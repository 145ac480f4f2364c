import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'promises.md'), 'utf8')

describe('the promises', () => {
  test('point to nothing that is not there', () => {
    const paths = [...page.matchAll(/`((?:\.ci|cli|docs|infra|lib|sandbox|test)\/[^`]+)`/g)].map(
      (match) => match[1] ?? '',
    )
    expect(paths.length).toBeGreaterThan(0)
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('are each proven by a test that exists under that name', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (promise|-+) /.test(line))
    const unproven = rows.filter((row) => {
      const [, file = '', name = ''] = /`(test\/[^`]+)`: "([^"]+)"/.exec(row) ?? []
      return file === '' || !readFileSync(join(root, file), 'utf8').includes(name)
    })
    expect(unproven).toEqual([])
  })
})
