import { existsSync } from 'node:fs'
import { type Config, integrationInstances } from '../lib/config/config.ts'
import { readConfig } from '../lib/config/file.ts'
import { integrations } from '../lib/config/register.ts'
import { ConfigurationError } from '../lib/core/failures.ts'
import type { Integration } from '../lib/core/flow.ts'
import { WrongUse } from './exit.ts'
import { didYouMean } from './suggest.ts'

/** The configuration a command uses where none is named and the file is there. */
export const usualConfig = 'ml-connector.config.json'

/** Reads a configuration file; throws WrongUse with every problem and its path. */
export function readConfigFile(file: string): Config {
  try {
    return readConfig(file)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    throw new WrongUse(`${file} has problems:`, error.problems)
  }
}

/** One integration as a configuration, or without one the defaults, set it up. */
export interface ConfiguredIntegration {
  name: string
  integration: Integration
  /** System → connection. */
  connections: Readonly<Record<string, string>>
  flows: readonly string[]
  settings: unknown
}

/**
 * Finds an integration by its name in the configuration. Without a configuration file it is the type of that name
 * with default settings, and connections are called after the first word of their system.
 * Throws WrongUse.
 */
export function configuredIntegration(name: string, configFile?: string): ConfiguredIntegration {
  const file = configFile ?? (existsSync(usualConfig) ? usualConfig : undefined)
  if (file !== undefined) {
    const instances = integrationInstances(readConfigFile(file))
    const found = instances.find((i) => i.name === name)
    const integration = found && integrations[found.type]
    if (found && integration)
      return { ...found, integration, settings: integration.settings(found.settings, `integrations.${name}.settings`) }
    // A file that was named decides; the one that happens to lie here does not.
    if (configFile !== undefined) {
      const known = instances.map((i) => i.name)
      throw new WrongUse(`${configFile} has no integration "${name}"; ${didYouMean(name, known)}`)
    }
  }
  const integration = integrationType(name)
  return {
    name,
    integration,
    connections: Object.fromEntries(integration.systems.map((s) => [s, s.split('-')[0] ?? s])),
    flows: integration.flows.map((f) => f.name),
    settings: integration.settings({}, 'settings'),
  }
}

/** An integration type by name; throws WrongUse naming what there is. */
export function integrationType(name: string): Integration {
  const integration = integrations[name]
  if (!integration)
    throw new WrongUse(`there is no integration "${name}"; ${didYouMean(name, Object.keys(integrations))}`)
  return integration
}
