import { Command } from 'commander'
import type { Config } from '../../lib/config/config.ts'
import type { ConnectionContext } from '../../lib/core/connection.ts'
import type { Clock } from '../../lib/core/exchange.ts'
import type { PingLine } from '../../lib/core/ping.ts'
import type { TableStore } from '../../lib/pipeline/tables.ts'
import { readConfigFile } from '../configuration.ts'
import { configOf, connectionContext } from '../deployment/connection.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { count, paragraphs } from '../layout.ts'
import { configuredContext } from '../ping/configured.ts'
import { showLine } from '../ping/show.ts'
import { tableRows, wantedOf } from '../ping/wanted.ts'
import type { Run } from '../program.ts'
import { secretsFor, secretVariable } from '../run/secrets.ts'
import { didYouMean } from '../suggest.ts'
import { pingedSystems } from '../systems.ts'
import type { Terminal } from '../terminal.ts'

export interface PingOptions extends Where {
  config?: string
  secrets?: string
  json?: boolean
}

export const pingCommand = (run: Run): Command =>
  withWhere(
    new Command('ping')
      .summary('is everything right at the systems? sign-in, rights, versions, clocks, keys')
      .description(
        paragraphs(`
Asks each system what has to be right before documents pass, and changes nothing: sign-in, version, rights model by
model or entity by entity, installed apps, clock, the end of API keys. One line a check, with what to do.

With --config alone the configuration is tried before any run or deployment: credentials come from --secrets or
from ${secretVariable('<connection>')}, as with run. Otherwise the deployment's own credentials are used; the systems
must be reachable from here.`),
      )
      .argument('[connection]', 'such as odoo; all that are switched on where absent')
      .option('--config <file>', 'configuration of real systems')
      .option('--secrets <file>', 'their credentials')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', `${exitCodeHelp}\n     1 where a check failed; a warning alone is 0`),
  ).action((connection: string | undefined, options: PingOptions) =>
    run(options, (terminal) => pingCommanded(connection, options, terminal)),
  )

/** Where the connections come from: an untried configuration, or a deployment with its credentials. */
async function pingCommanded(name: string | undefined, options: PingOptions, terminal: Terminal): Promise<ExitCode> {
  const deployed = options.state ?? options.stack ?? options.outputs
  if (options.config === undefined || deployed !== undefined) {
    if (options.secrets !== undefined)
      throw new WrongUse('--secrets belongs to an untried --config; a deployment has its credentials stored')
    // A sample's systems run in the command itself.
    return withDeployment(options, (deployment) => pingDeployment(name, deployment, options, terminal), true)
  }
  const config = readConfigFile(options.config)
  const names = connectionsOf(config, name)
  const enabled = { ...config, connections: Object.fromEntries(names.map((n) => [n, config.connections[n]])) } as Config
  const secrets = secretsFor(enabled, options.secrets, process.env, () => false)
  return pingAll(
    names,
    config,
    (one) => configuredContext(one, config, secrets),
    { ...options, keeps: false },
    terminal,
  )
}

/** @returns 1 where a check failed */
export function pingDeployment(
  name: string | undefined,
  deployment: Deployment,
  options: PingOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = configOf(deployment, options.config)
  const context = (one: string) => connectionContext(one, deployment, options.config)
  const { time, tables } = deployment
  return pingAll(connectionsOf(config, name), config, context, { ...options, keeps: true, time, tables }, terminal)
}

function connectionsOf(config: Config, name: string | undefined): string[] {
  const all = Object.keys(config.connections)
  if (name === undefined) return all.filter((one) => config.connections[one]?.enabled)
  if (!all.includes(name)) throw new WrongUse(`there is no connection "${name}"; ${didYouMean(name, all)}`)
  return [name]
}

async function pingAll(
  names: readonly string[],
  config: Config,
  contextOf: (name: string) => ConnectionContext<unknown>,
  {
    json = false,
    keeps,
    time,
    tables,
  }: { json?: boolean | undefined; keeps: boolean; time?: Clock | undefined; tables?: TableStore },
  terminal: Terminal,
): Promise<ExitCode> {
  const connections: { connection: string; system: string; checks: PingLine[] }[] = []
  for (const connection of names) {
    const system = config.connections[connection]?.system ?? ''
    const rowsOf = tables && tableRows(config, connection, tables)
    const wanted = { ...wantedOf(config, connection), keepsTokens: keeps, time, rowsOf }
    if (!json) terminal.print(terminal.style('bold', `${connection} (${system})`))
    const checks: PingLine[] = []
    for await (const line of pingedSystems[system]?.(contextOf(connection), wanted) ?? []) {
      checks.push(line)
      if (!json) showLine(line, terminal)
    }
    connections.push({ connection, system, checks })
  }
  const all = connections.flatMap(({ checks }) => checks)
  const [failed, warned] = (['fail', 'warn'] as const).map((level) => all.filter((l) => l.level === level).length)
  if (json) terminal.print(JSON.stringify({ failed, warned, connections }, null, 2))
  else terminal.print(`\n${count(all.length, 'check')}, ${failed} failed, ${count(warned ?? 0, 'warning')}`)
  return failed ? exitCodes.found : exitCodes.ok
}
