import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { verifyAudit } from '../../cli/audit/verify.ts'
import { openLocal } from '../../cli/deployment/local.ts'
import { start as startAcumatica } from '../../sandbox/systems/acumatica/index.ts'
import { start as startOdoo } from '../../sandbox/systems/odoo/index.ts'
import { createSandboxClock } from '../../sandbox/systems/shared/clock.ts'
import { start as startSpsCommerce } from '../../sandbox/systems/sps-commerce/index.ts'
import { twice } from './support.ts'

/** When each run is killed, in milliseconds after it began to work. Drawn once; another draw must pass as well. */
const kills = [900, 1700, 2600, 1300]

const run = (stateDir: string): ChildProcess =>
  spawn(process.execPath, ['cli/main.ts', 'run', '--state', stateDir, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })

/** Resolves when the functions have begun to work; false where the run ended before. */
const working = (child: ChildProcess): Promise<boolean> =>
  new Promise((done) => {
    child.stderr?.on('data', (text) => String(text).includes('round') && done(true))
    child.on('exit', () => done(false))
  })

test('a run that is killed again and again loses nothing and writes nothing twice', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'ml-connector-'))
  try {
    for (const ms of kills) {
      const child = run(stateDir)
      child.stdout?.resume()
      if (!(await working(child))) continue
      const ended = once(child, 'exit')
      await delay(ms)
      child.kill('SIGKILL')
      await ended
    }
    const last = run(stateDir)
    last.stderr?.resume()
    let output = ''
    for await (const text of last.stdout ?? []) output += text
    if (last.exitCode === null) await once(last, 'exit')
    const report = JSON.parse(output.trim().split('\n').at(-1) ?? '')
    expect(report).toMatchObject({ balanced: true, failures: [], denied: [] })
    expect(last.exitCode).toBe(0)

    // And nothing that a worker wrote before it was killed is left without an audit block.
    const deployment = await openLocal(stateDir, false)
    const { findings, pending } = await verifyAudit(deployment, { youngMs: 0, now: Date.now() + 86_400_000 })
    await deployment.close()
    expect({ findings, pending }).toEqual({ findings: [], pending: [] })

    const clock = createSandboxClock()
    const directory = join(stateDir, 'sandbox')
    const acumatica = await startAcumatica({ file: join(directory, 'acumatica.db'), clock })
    const odoo = await startOdoo({ version: 19, file: join(directory, 'odoo.db'), clock })
    const sps = await startSpsCommerce({ file: join(directory, 'sps.db'), clock })
    const references = [
      ...acumatica.orders().map((o) => String((o.ExternalRef as { value?: string } | undefined)?.value ?? '')),
      ...odoo.records('sale.order', [], ['origin']).map((o) => String(o.origin)),
    ].filter((r) => r.startsWith('SPS:'))
    const received944 = odoo
      .records('purchase.order.line', [['order_id.partner_id.ref', '=', 'GLASSWERK']], ['qty_received'])
      .map((l) => l.qty_received)
    const received = sps.received()
    await Promise.all([acumatica.close(), odoo.close(), sps.close()])
    expect(references.length).toBeGreaterThanOrEqual(46)
    expect(received944).toEqual([118, 48])
    expect(twice(references)).toEqual([])
    expect(twice(received.map((r) => JSON.stringify(r.document)))).toEqual([])
    expect(received.length).toBeGreaterThan(80)
  } finally {
    rmSync(stateDir, { recursive: true, force: true })
  }
}, 180_000)
