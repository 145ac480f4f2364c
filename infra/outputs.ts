import * as z from 'zod'

/**
 * What the command reads of a deployed stack. Knows no CDK, so that the command starts fast.
 * One output for each shared part, named as here, and one JSON output for each connection.
 */
export const stackOutputs = z.object({
  LedgerTable: z.string(),
  StateTable: z.string(),
  TablesTable: z.string(),
  PayloadBucket: z.string(),
  EventBusName: z.string(),
  AlarmTopicArn: z.string(),
  DocumentsQueueUrl: z.string(),
  DocumentsDeadLettersUrl: z.string(),
  MapperFunction: z.string(),
  KeeperFunction: z.string(),
  WatcherFunction: z.string(),
})
export type StackOutputs = z.infer<typeof stackOutputs>

export const connectionOutputs = z.object({
  name: z.string(),
  system: z.string(),
  pushQueueUrl: z.string(),
  deadLettersUrl: z.string(),
  pusher: z.string(),
  /** Its id: switching it off pauses the writing. */
  eventSourceMapping: z.string(),
  /** Absent where the connection is no source of any flow. */
  poller: z.string().optional(),
  schedule: z.string().optional(),
  secretArn: z.string(),
  tokenSecretArn: z.string().optional(),
  /** Absent where the system cannot tell us that something changed. */
  webhook: z
    .object({
      /** Without the secret that must follow it. */
      url: z.string(),
      secretArn: z.string(),
      /** One for all connections of the system. */
      function: z.string(),
      hintsQueueUrl: z.string(),
    })
    .optional(),
})
export type ConnectionOutputs = z.infer<typeof connectionOutputs>

/**
 * Reads a stack's outputs (key → value, as DescribeStacks lists them). Throws ZodError where it is no stack of ours
 * or one of another version.
 */
export function readOutputs(outputs: Readonly<Record<string, string>>): {
  shared: StackOutputs
  connections: ConnectionOutputs[]
} {
  const connections = Object.entries(outputs)
    .filter(([key]) => key.startsWith('Connection'))
    .map(([, value]) => connectionOutputs.parse(JSON.parse(value)))
  return { shared: stackOutputs.parse(outputs), connections }
}
