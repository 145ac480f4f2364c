import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Config, routesOf } from '../../lib/config/config.ts'
import type { SourceAuditor } from '../../lib/core/audit.ts'
import type { ConnectionContext } from '../../lib/core/connection.ts'
import { systemClock } from '../../lib/core/exchange.ts'
import { createHttp } from '../../lib/core/http.ts'
import { localLimiter } from '../../lib/core/limiter.ts'
import { secretSource, secretTokens } from '../../lib/pipeline/aws/secrets.ts'
import { readConfigFile, usualConfig } from '../configuration.ts'
import { connectionNamed } from '../connections/named.ts'
import { WrongUse } from '../exit.ts'
import { didYouMean } from '../suggest.ts'
import { auditedSystems } from '../systems.ts'
import type { Deployment } from './deployment.ts'
import { ownTokens } from './tokens.ts'

/** A connection whose past can be listed and read again, as a command works with it. */
export interface AuditedConnection {
  name: string
  auditor: SourceAuditor
  /** The streams meant: one, or all. */
  streams: string[]
}

/**
 * Opens a connection with the settings of the configuration and the credentials the deployment stores. Nothing is
 * sent yet. Throws WrongUse.
 * @param options the configuration file, else what the deployment was made of, else the usual one; and one stream only
 */
export function auditedConnection(
  name: string,
  deployment: Deployment,
  { config, stream }: { config?: string; stream?: string },
): AuditedConnection {
  const context = connectionContext(name, deployment, config)
  const system = deployment.connections[name]?.system ?? ''
  const auditor = auditedSystems[system]?.(context)
  if (!auditor)
    throw new WrongUse(
      `${name} is a ${system}; this works for connections of ${Object.keys(auditedSystems).join(', ')}`,
    )
  const streams = auditor.streams()
  if (stream !== undefined && !streams.includes(stream))
    throw new WrongUse(`${name} has no stream "${stream}"; ${didYouMean(stream, streams)}`)
  return { name, auditor, streams: stream === undefined ? streams : [stream] }
}

/**
 * What a reader of this connection would get, on this machine. Tokens are shared with the deployment's workers, since
 * a refresh token may be for one use. Nothing is sent yet. Throws WrongUse.
 */
export function connectionContext(
  name: string,
  deployment: Deployment,
  configFile?: string,
): ConnectionContext<unknown> {
  const deployed = connectionNamed(deployment, name)
  const config = configOf(deployment, configFile)
  const configured = config.connections[name]
  if (!configured) throw new WrongUse(`the configuration has no connection "${name}"`)
  const { aws, state } = deployment
  const { tokenSecretArn } = deployed
  const clock = systemClock
  return {
    connection: name,
    wanted: routesOf(config, name).flatMap(({ types }) => types),
    settings: configured.settings,
    secrets: secretSource(aws, deployed.secretArn, name, clock),
    tokens:
      tokenSecretArn === undefined
        ? ownTokens()
        : secretTokens(aws, tokenSecretArn, name, { state, clock, owner: randomUUID(), sleep }),
    gate: { pausedUntil: () => state.pausedUntil(name), pause: (until) => state.pause(name, until) },
    limiter: localLimiter(clock, sleep),
    http: createHttp({ allowHosts: configured.allowHosts }),
    clock,
    random: Math.random,
    log: { info() {}, warn() {}, error() {} },
  }
}

/** The configuration a deployment was made of, or the one that is named. Throws WrongUse. */
export function configOf(deployment: Deployment, named?: string): Config {
  const file = named ?? deployment.configFile ?? (existsSync(usualConfig) ? usualConfig : undefined)
  if (file === undefined)
    throw new WrongUse(`name the configuration of ${deployment.title} with --config; there is no ${usualConfig} here`)
  return readConfigFile(file)
}
