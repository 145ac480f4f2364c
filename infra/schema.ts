import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { configSchema } from '../lib/config/config.ts'
import { integrations, systems } from '../lib/config/register.ts'

type JsonSchema = Record<string, unknown> & {
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema
}

/** Where editors find it: the `$schema` line of ml-connector.config.json. */
export const schemaFile = join(import.meta.dirname, '..', 'docs', 'ml-connector.schema.json')

/**
 * JSON Schema of the configuration file, for completion and hints in an editor: the file's shape, the names of the
 * systems and integrations, and each system's own settings. What it cannot say (does the connection named exist?)
 * is checked when the configuration is read.
 */
export function configJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema
  const connection = schema.properties?.connections?.additionalProperties
  const integration = schema.properties?.integrations?.additionalProperties
  if (!connection?.properties || !integration?.properties) throw new Error('the configuration schema changed its shape')
  connection.properties.system = { enum: Object.keys(systems) }
  connection.anyOf = Object.values(systems).map((system) => {
    const { $schema: _, ...settings } = z.toJSONSchema(system.settings, { io: 'input' })
    return { properties: { system: { const: system.name }, settings } }
  })
  integration.properties.type = { enum: Object.keys(integrations) }
  return { ...schema, title: 'ml-connector deployment' }
}

/** Run as `node infra/schema.ts && npm run format` after a change of the settings; a test says when it is due. */
if (import.meta.main) writeFileSync(schemaFile, `${JSON.stringify(configJsonSchema(), null, 2)}\n`)
