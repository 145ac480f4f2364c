import type { ConnectionContext } from '../../lib/core/connection.ts'
import { ConfigurationError } from '../../lib/core/failures.ts'
import type { PingLine, PingWanted } from '../../lib/core/ping.ts'
import { readSecret } from '../../lib/pipeline/aws/secrets.ts'
import { connectionNamed } from '../connections/named.ts'
import { configOf, connectionContext } from '../deployment/connection.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { type ExitCode, exitCodes, WrongUse } from '../exit.ts'
import { commandLine } from '../next.ts'
import { showLine } from '../ping/show.ts'
import { tableRows, wantedOf } from '../ping/wanted.ts'
import { problemsOf } from '../run/secrets.ts'
import { pingedSystems } from '../systems.ts'
import type { Terminal } from '../terminal.ts'

export interface RotateOptions {
  finish?: boolean
  config?: string
  json?: boolean
}

/** The fields of a secret that may stand in two versions at once, by system. */
const rotatable: { readonly [system: string]: { readonly current: string; readonly previous: string } } = {
  odoo: { current: 'apiKey', previous: 'previousApiKey' },
}

type Value = Record<string, string>

/**
 * Replaces a key without a gap: the new one is tried first, by signing in and by everything that ping asks, and stored
 * with the one before beside it, so that workers with either go on. `finish` takes the one before away.
 * @param ask gives the new key; not called where `finish` is set
 * @returns 1 where the new key may do less than the one in use: nothing was stored
 */
export async function rotateKey(
  name: string,
  deployment: Deployment,
  options: RotateOptions,
  terminal: Terminal,
  ask: () => Promise<string>,
): Promise<ExitCode> {
  const { system, secretArn } = connectionNamed(deployment, name)
  const fields = rotatable[system]
  if (!fields)
    throw new WrongUse(`${name} is a ${system}; keys of ${Object.keys(rotatable).join(', ')} are replaced in this way`)
  const text = await readSecret(deployment.aws, secretArn)
  if (text === undefined) throw new WrongUse(`${name} has no credentials yet; use creds set`)
  const stored = JSON.parse(text) as Value
  const { [fields.previous]: previous, ...alone } = stored
  const inUse = alone[fields.current]
  if (inUse === undefined) throw new WrongUse(`${name} signs in without ${fields.current}; use creds set`)
  const tell = (told: Told) => report(name, told, deployment, options, terminal)

  if (options.finish) {
    if (previous === undefined) return tell({ done: 'nothing-to-finish', checks: [] })
    const checks = await linesOf(name, deployment, options, alone)
    if (checks.some(isFailed)) return tell({ done: 'refused', checks })
    await store(deployment, secretArn, alone)
    return tell({ done: 'finished', checks })
  }
  const given = (await ask()).trim()
  if (given === '') throw new WrongUse('no key was given')
  if (given === inUse) return tell({ done: 'in-use-already', checks: [] })
  const after: Value = { ...alone, [fields.current]: given }
  const problems = problemsOf(name, system, after)
  if (problems.length > 0) throw new ConfigurationError(problems)
  const checks = await compared(name, deployment, options, { before: alone, after })
  if (checks.some(isFailed)) return tell({ done: 'refused', checks })
  await store(deployment, secretArn, { ...after, [fields.previous]: inUse })
  return tell({ done: 'rotated', checks })
}

interface Told {
  done: 'rotated' | 'refused' | 'finished' | 'nothing-to-finish' | 'in-use-already'
  checks: readonly PingLine[]
}

const isFailed = ({ level }: PingLine): boolean => level === 'fail'

/**
 * What fails with the new key and not with the one in use fails; what fails with both is a warning, since it is no worse
 * than now. Where the one in use is refused already, every failure counts. Another user is worth a look.
 */
async function compared(
  name: string,
  deployment: Deployment,
  options: RotateOptions,
  { before, after }: { before: Value; after: Value },
): Promise<PingLine[]> {
  const fresh = await linesOf(name, deployment, options, after)
  const old = await linesOf(name, deployment, options, before)
  const known = new Set(old.filter(isFailed).map(({ check, message }) => `${check}: ${message}`))
  const user = (lines: readonly PingLine[]) => lines.find(({ check, level }) => check === 'sign-in' && level === 'pass')
  const works = user(old) !== undefined
  return fresh.map((line) => {
    if (works && isFailed(line) && known.has(`${line.check}: ${line.message}`))
      return { ...line, level: 'warn', message: `${line.message}; so it is with the key in use` }
    if (works && line === user(fresh) && line.message !== user(old)?.message)
      return {
        ...line,
        level: 'warn',
        message: `${line.message}; the key in use is another user's: ${user(old)?.message}`,
      }
    return line
  })
}

/** Everything that ping asks of a connection, with these credentials instead of the stored ones. */
async function linesOf(
  name: string,
  deployment: Deployment,
  options: RotateOptions,
  value: Value,
): Promise<PingLine[]> {
  const config = configOf(deployment, options.config)
  const context: ConnectionContext<unknown> = {
    ...connectionContext(name, deployment, options.config),
    secrets: { credentials: async () => value },
  }
  const wanted: PingWanted = {
    ...wantedOf(config, name),
    keepsTokens: true,
    time: deployment.time,
    rowsOf: tableRows(config, name, deployment.tables),
  }
  const lines: PingLine[] = []
  const { system } = connectionNamed(deployment, name)
  for await (const line of pingedSystems[system]?.(context, wanted) ?? []) lines.push(line)
  return lines
}

const store = ({ aws }: Deployment, arn: string, value: Value): Promise<unknown> =>
  aws.call('secretsmanager', 'PutSecretValue', { SecretId: arn, SecretString: JSON.stringify(value) })

function report(
  name: string,
  { done, checks }: Told,
  deployment: Deployment,
  { json = false }: RotateOptions,
  terminal: Terminal,
): ExitCode {
  const code = done === 'refused' ? exitCodes.found : exitCodes.ok
  if (json) {
    terminal.print(JSON.stringify({ connection: name, done, checks }, null, 2))
    return code
  }
  for (const line of checks) if (line.level !== 'pass' || line.check === 'sign-in') showLine(line, terminal)
  const next = (...words: string[]) => terminal.print(`  ${commandLine(...words, ...deployment.arguments)}`)
  switch (done) {
    case 'rotated':
      terminal.print(
        `Stored for ${name}: the new key, and the one before beside it. Workers read it within five minutes.`,
      )
      terminal.print('Then delete the old key at the system. Next, when that is done:')
      next('creds', 'rotate', name, '--finish')
      break
    case 'refused':
      terminal.print('Nothing was changed: without what failed above, documents would wait.')
      break
    case 'finished':
      terminal.print(`${name} has one key again.`)
      break
    case 'nothing-to-finish':
      terminal.print(`${name} has one key only; there is nothing to finish.`)
      break
    case 'in-use-already':
      terminal.print(`This is the key in use; nothing was changed.`)
      break
  }
  return code
}
