import { operatorCredentials } from './callers.ts'
import { startEndpoint } from './endpoint.ts'
import type { SeenEvent } from './events/service.ts'
import { storeInvocation } from './lambda/later.ts'
import { createParts, type Parts } from './parts.ts'
import type { Queues } from './sqs/queues.ts'
import { openState } from './state.ts'
import type { Deployment } from './template/model.ts'

export const region = 'us-east-1'

/** For the constructors of SDK clients: the operator's identity at the embedded endpoint. */
export interface ClientConfig {
  region: string
  endpoint: string
  credentials: { accessKeyId: string; secretAccessKey: string }
}

/** The data of a run (tables, queues, bucket, secrets, switches) behind the endpoint. */
export interface EmbeddedData {
  url: string
  clientConfig: ClientConfig
  deployment: Deployment
  /** The stack's outputs. */
  outputs: Record<string, string>
  queues: Queues
  /** Stores a secret's value; by logical id, name or ARN. */
  setSecret(secret: string, value: string): void
  /** What was put on the buses, oldest first. */
  events(): SeenEvent[]
  close(): Promise<void>
}

/**
 * Opens the data that a run left in its state directory, or is still writing there, for the command and for tests:
 * no functions, no schedules. Throws where no run has used the directory yet.
 */
export async function openEmbeddedData(options: { stateDir: string }): Promise<EmbeddedData> {
  const state = openState(options.stateDir, false)
  const stored = state.get<{ url: string; deployment: Deployment }>('deployment', 'current')
  if (!stored) {
    state.close()
    throw new Error(`${options.stateDir} holds no run yet; use "ml-connector run --state ${options.stateDir}" first`)
  }
  const endpoint = await startEndpoint()
  const deployment = JSON.parse(JSON.stringify(stored.deployment).replaceAll(stored.url, endpoint.url)) as Deployment
  const parts = createParts({
    state,
    deployment,
    endpoint,
    now: Date.now,
    invoker: { invokeLater: storeInvocation(state, Date.now) },
    kill: async () => {},
    intercept: () => undefined,
    switched: () => {},
  })
  return {
    ...dataOf(endpoint.url, parts),
    close: async () => {
      parts.moves.close()
      parts.queues.close()
      await endpoint.close()
      state.close()
    },
  }
}

export const dataOf = (url: string, { deployment, secrets, bus, queues }: Parts): Omit<EmbeddedData, 'close'> => ({
  url,
  clientConfig: { region, endpoint: url, credentials: operatorCredentials },
  deployment,
  outputs: deployment.outputs,
  queues,
  setSecret: secrets.set,
  events: bus.seen,
})
