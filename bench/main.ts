import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { busyFigures } from './busy.ts'
import { table, withFigures } from './figures.ts'
import { functionFigures } from './functions.ts'
import { odooFigures } from './odoo.ts'
import { runFigures } from './run.ts'

/** What the README's figures come from. `npm run bench` prints them, `npm run bench -- --write` puts them there. */
const readme = join(import.meta.dirname, '..', 'README.md')
const machine = `Measured with Node ${process.version} on ${cpus().length} cores.`
const figures = [
  ...(await runFigures()),
  ...(await busyFigures()),
  ...(await odooFigures()),
  ...(await functionFigures()),
]
const report = `${table(figures)}\n\n${machine}`

process.stdout.write(`${report}\n`)
if (process.argv.includes('--write')) writeFileSync(readme, withFigures(readFileSync(readme, 'utf8'), report))
