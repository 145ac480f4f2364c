import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import type { PageFile } from './server.ts'

const folder = resolve(import.meta.dirname, 'page')

/** The page's files by the name they are served under; the script is bundled now, from its sources. */
export async function pageFiles(): Promise<Record<string, PageFile>> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'main.tsx')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    write: false,
  })
  const [script] = outputFiles
  if (!script) throw new Error('the page has no script')
  const file = (name: string, type: string): PageFile => ({ type, body: readFileSync(join(folder, name)) })
  return {
    '': file('index.html', 'text/html; charset=utf-8'),
    'style.css': file('style.css', 'text/css; charset=utf-8'),
    'main.js': { type: 'text/javascript; charset=utf-8', body: script.contents },
  }
}
