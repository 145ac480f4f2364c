import * as z from 'zod'
import { ConfigurationError } from '../core/failures.ts'
import type { Problem } from '../core/problems.ts'
import { integrations, systems } from './register.ts'

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'use lower case letters, digits and hyphens, 31 characters at most')
const schedule = z
  .string()
  .regex(
    /^(rate\(\d+ (minutes?|hours?|days?)\)|cron\(.+\))$/,
    'use rate(5 minutes) or cron(...) as EventBridge Scheduler has them',
  )

const connection = z.strictObject({
  system: z.string(),
  /** How often this connection is polled. */
  schedule: schedule.default('rate(5 minutes)'),
  /** How many documents are written to it at the same time. An Acumatica licence allows one. */
  writers: z.number().int().min(1).max(100).default(1),
  /** Hosts that may be plain http or private addresses (an ERP inside a VPN). */
  allowHosts: z.array(z.string()).default([]),
  /** False keeps the connection configured and switched off. */
  enabled: z.boolean().default(true),
  /** False makes no public URL for a system that could tell us when something changed; it is polled all the same. */
  webhook: z.boolean().default(true),
  settings: z.record(z.string(), z.unknown()).default({}),
})

const integration = z.strictObject({
  /** The integration's type; the instance's own name where absent. Two companies may run the same type twice. */
  type: z.string().optional(),
  /** Which connection plays each system's part. */
  connections: z.record(z.string(), z.string()),
  /** The flows switched on; all of them where absent. */
  flows: z.array(z.string()).optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
})

const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const

/** The deployment's configuration file, ml-connector.config.json. Secrets are never in it. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  stage: z.enum(['dev', 'test', 'prod']),
  /** Used in tags and in the stack's name. */
  customer: name,
  /** Gets the alarms by mail; empty = subscribe to the topic yourself. */
  alarmEmail: z.email().optional(),
  logRetentionDays: z
    .literal(retentionDays, { error: `use one of the retentions CloudWatch has: ${retentionDays.join(', ')}` })
    .default(90),
  /** Name of a managed policy that bounds every role of the deployment (docs/deployment.md). */
  permissionsBoundary: z.string().min(1).optional(),
  /** Added to every resource, beside our own: Owner, CostCenter, whatever the account asks for. */
  tags: z.record(z.string().regex(/^(?!aws:)[\w .:/=+@-]{1,128}$/), z.string().max(256)).default({}),
  connections: z.record(name, connection),
  integrations: z.record(name, integration),
})

export type Config = z.infer<typeof configSchema>
export type ConnectionConfig = Config['connections'][string]

/** An integration instance with its type resolved and its flows listed. */
export interface IntegrationInstance {
  name: string
  type: string
  connections: Readonly<Record<string, string>>
  flows: string[]
  settings: Record<string, unknown>
}

/**
 * Validates a configuration; every problem at once, each with its path.
 * Throws ConfigurationError. Knows the registered systems and integrations; reads no network and no secret.
 */
export function parseConfig(raw: unknown): Config {
  const parsed = configSchema.safeParse(raw)
  if (!parsed.success) throw new ConfigurationError(toProblems(parsed.error, ''))
  const config = parsed.data
  const problems: Problem[] = []
  const settle = (path: string, message: string) => problems.push({ code: 'CONFIGURATION', message, path })

  for (const [key, value] of Object.entries(config.connections)) {
    const path = `connections.${key}`
    const system = systems[value.system]
    if (!system) {
      settle(`${path}.system`, `there is no system "${value.system}"; use one of ${Object.keys(systems).join(', ')}`)
      continue
    }
    const settings = system.settings.safeParse(value.settings)
    if (settings.success) value.settings = settings.data as Record<string, unknown>
    else problems.push(...toProblems(settings.error, `${path}.settings`))
  }
  for (const [key, value] of Object.entries(config.integrations)) {
    const path = `integrations.${key}`
    const type = integrations[value.type ?? key]
    if (!type) {
      settle(
        `${path}.type`,
        `there is no integration "${value.type ?? key}"; use one of ${Object.keys(integrations).join(', ')}`,
      )
      continue
    }
    for (const system of type.systems) {
      const chosen = value.connections[system]
      const found = chosen === undefined ? undefined : config.connections[chosen]
      if (chosen === undefined) settle(`${path}.connections`, `names no connection for ${system}`)
      else if (!found) settle(`${path}.connections.${system}`, `there is no connection "${chosen}"`)
      else if (found.system !== system)
        settle(`${path}.connections.${system}`, `connection "${chosen}" is a ${found.system}, not a ${system}`)
    }
    for (const [i, flow] of (value.flows ?? []).entries())
      if (!type.flows.some((f) => f.name === flow))
        settle(
          `${path}.flows[${i}]`,
          `there is no flow "${flow}"; use some of ${type.flows.map((f) => f.name).join(', ')}`,
        )
    try {
      type.settings(value.settings, `${path}.settings`)
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  return config
}

/** The integrations of a valid configuration, types and flows resolved. */
export function integrationInstances(config: Config): IntegrationInstance[] {
  return Object.entries(config.integrations).map(([key, value]) => {
    const type = value.type ?? key
    const known = integrations[type]?.flows.map((f) => f.name) ?? []
    return { name: key, type, connections: value.connections, flows: value.flows ?? known, settings: value.settings }
  })
}

/** The integration type with every flow's source system and document types: what feeds what. */
export function routesOf(
  config: Config,
  connectionName: string,
): { integration: string; flow: string; types: string[] }[] {
  const system = config.connections[connectionName]?.system
  return integrationInstances(config).flatMap((instance) =>
    (integrations[instance.type]?.flows ?? [])
      .filter(
        (f) =>
          f.source === system && instance.connections[f.source] === connectionName && instance.flows.includes(f.name),
      )
      .map((f) => ({ integration: instance.name, flow: f.name, types: f.types })),
  )
}

const toProblems = (error: z.ZodError, prefix: string): Problem[] =>
  error.issues.map((issue) => {
    const path = issue.path.map((p) => (typeof p === 'number' ? `[${p}]` : `.${String(p)}`)).join('')
    return { code: 'CONFIGURATION', message: issue.message, path: `${prefix}${path}`.replace(/^\./, '') }
  })
