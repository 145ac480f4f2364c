import type { Config } from '../../lib/config/config.ts'
import type { Interceptor } from '../../sandbox/aws/index.ts'

/** A dry run has a state of its own: what it leaves in the push queues must never be written later. */
export const dryState = '.ml-connector/dry-run'

interface Template {
  Resources: Record<string, { Type: string; Properties?: { FunctionName?: unknown; Enabled?: boolean } }>
  Outputs?: { MapperFunction?: { Value: unknown } }
}

/**
 * A template with every pusher's queue switched off: documents are read and mapped, their writes stay in the queues.
 * `keepClosed` refuses the one call that could switch a queue on.
 */
export function withoutPushers(text: string): string {
  const template = JSON.parse(text) as Template
  const mapper = JSON.stringify(template.Outputs?.MapperFunction?.Value)
  for (const { Type, Properties } of Object.values(template.Resources))
    if (Type === 'AWS::Lambda::EventSourceMapping' && Properties && JSON.stringify(Properties.FunctionName) !== mapper)
      Properties.Enabled = false
  return JSON.stringify(template)
}

export const keepClosed: Interceptor = ({ operation }) =>
  operation === 'UpdateEventSourceMapping'
    ? { code: 'AccessDeniedException', message: 'a dry run writes nothing: its push queues stay off', status: 403 }
    : undefined

/** Nothing is changed at the source either: files are read and left where they are. */
export const readingOnly = (config: Config): Config => ({
  ...config,
  connections: Object.fromEntries(
    Object.entries(config.connections).map(([name, connection]) => [
      name,
      'afterReading' in connection.settings
        ? { ...connection, settings: { ...connection.settings, afterReading: 'keep' } }
        : connection,
    ]),
  ),
})
