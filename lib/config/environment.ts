import * as z from 'zod'

/**
 * The contract between the template (which sets these variables) and the functions (which read them).
 * One slice a function: it sees its own connection and nothing of the others. Queue messages, tables and the
 * bucket hold everything else. An environment may be 4 KB at most.
 */
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(schema)

const shared = {
  LEDGER_TABLE: z.string(),
  /** Cursors, leases, pauses, connection states. */
  STATE_TABLE: z.string(),
  PAYLOAD_BUCKET: z.string(),
  EVENT_BUS: z.string(),
  /** The documents queue (FIFO): poller → mapper, and pusher → mapper for the next write of a document. */
  DOCUMENTS_QUEUE_URL: z.string(),
}

/** One flow that a connection's documents feed: which integration instance, which flow, which document types. */
const routes = z.array(z.object({ integration: z.string(), flow: z.string(), types: z.array(z.string()) }))

/** One connection as its poller and pusher see it. */
export const connectionSlice = z.object({
  name: z.string(),
  system: z.string(),
  settings: z.record(z.string(), z.unknown()),
  allowHosts: z.array(z.string()),
  routes,
})
export type ConnectionSlice = z.infer<typeof connectionSlice>

const connection = {
  CONNECTION: json(connectionSlice),
  SECRET_ARN: z.string(),
  /** Writable secret for issued tokens; only where the system stores tokens. */
  TOKEN_SECRET_ARN: z.string().optional(),
}

export const pollerEnvironment = z.object({
  ...shared,
  ...connection,
  /** Where the connection's webhook leaves hints; only where its system has one. */
  HINTS_QUEUE_URL: z.string().optional(),
})

export const pusherEnvironment = z.object({ ...shared, ...connection, PUSH_QUEUE_URL: z.string() })

export const mapperEnvironment = z.object({
  ...shared,
  TABLES_TABLE: z.string(),
  /** Integration instances: type, connections by system, enabled flows, settings. */
  INTEGRATIONS: json(
    z.record(
      z.string(),
      z.object({
        type: z.string(),
        connections: z.record(z.string(), z.string()),
        flows: z.array(z.string()),
        settings: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
  /** Push queue and number of parallel writers (= FIFO message groups) by connection. */
  PUSH_QUEUES: json(z.record(z.string(), z.object({ url: z.string(), writers: z.number().int().min(1) }))),
})

export const keeperEnvironment = z.object({
  STATE_TABLE: z.string(),
  EVENT_BUS: z.string(),
  /** By connection: what to switch off and on (the id of its pusher's event source mapping), and its pusher's name. */
  CONNECTIONS: json(z.record(z.string(), z.object({ eventSourceMapping: z.string(), pusher: z.string() }))),
})

export const watcherEnvironment = z.object({
  LEDGER_TABLE: z.string(),
  STATE_TABLE: z.string(),
  PAYLOAD_BUCKET: z.string(),
  EVENT_BUS: z.string(),
  /** The connections that are polled, with their schedules. */
  CONNECTIONS: json(z.record(z.string(), z.object({ schedule: z.string() }))),
})
