import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'algorithm-map.md'), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (step|-+) /.test(line))

describe('the map of the polling scheme', () => {
  test('leads from every step to code that is there', () => {
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter((row) => !existsSync(join(root, /`((?:lib|cli)\/[^`]+)`/.exec(row)?.[1] ?? 'none')))).toEqual([])
  })

  test('leads from every step to a test that exists under that name', () => {
    const unproven = rows.filter((row) => {
      const [, file = '', name = ''] = /`(test\/[^`]+)`: "([^"]+)"/.exec(row) ?? []
      return file === '' || !readFileSync(join(root, file), 'utf8').includes(name)
    })
    expect(unproven).toEqual([])
  })
})
