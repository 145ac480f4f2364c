import type { AwsApi } from '../../lib/pipeline/aws/api.ts'
import type { ConnectionState, Pause } from '../../lib/pipeline/state.ts'
import type { Deployment, QueuePair } from '../deployment/deployment.ts'
import { streamsOf } from './streams.ts'
import { switchesOf } from './switches.ts'

/** Messages of a queue and of its dead-letter queue, as SQS counts them: nearly, not exactly. */
export interface Depth {
  waiting: number
  inFlight: number
  deadLetters: number
}

/** How a connection stands now. */
export interface Standing {
  connection: string
  system: string
  /** off: the deployment switched it off, or somebody did in the AWS console. */
  state: 'on' | 'off' | 'paused' | 'down'
  pause?: Pause
  down?: Pick<ConnectionState, 'since' | 'code' | 'message'>
  /** ISO date-times. Absent where nothing is read from it, or not yet. */
  polledAt?: string
  lastDocumentAt?: string
  queue: Depth
}

/** How every connection of a deployment stands. Costs a handful of calls each; reads no document. */
export const standingsOf = (deployment: Deployment, configFile?: string): Promise<Standing[]> =>
  Promise.all(Object.keys(deployment.connections).map((name) => standingOf(name, deployment, configFile)))

async function standingOf(name: string, deployment: Deployment, configFile?: string): Promise<Standing> {
  const { state, aws, connections } = deployment
  const connection = connections[name]
  if (!connection) throw new Error(`no connection ${name}`)
  const [pause, health, switches, cursors, queue] = await Promise.all([
    state.paused(name),
    state.connection(name),
    switchesOf(aws, connection),
    state.cursors(name, streamsOf(name, deployment, configFile)),
    depthOf(aws, connection),
  ])
  const stored = Object.values(cursors)
  const polledAt = latest(stored.map((c) => c.polledAt))
  const lastDocumentAt = latest(stored.flatMap((c) => c.lastDocumentAt ?? []))
  const down = health?.status === 'down'
  const off = !switches.written || switches.polled === false
  return {
    connection: name,
    system: connection.system,
    state: pause ? 'paused' : down ? 'down' : off ? 'off' : 'on',
    ...(pause ? { pause } : {}),
    ...(down ? { down: { since: health.since, ...reasonOf(health) } } : {}),
    ...(polledAt ? { polledAt } : {}),
    ...(lastDocumentAt ? { lastDocumentAt } : {}),
    queue,
  }
}

const reasonOf = ({ code, message }: ConnectionState) => ({
  ...(code ? { code } : {}),
  ...(message ? { message } : {}),
})

const latest = (times: string[]): string | undefined => times.sort().at(-1)

/** How many messages a queue and its dead-letter queue hold. */
export async function depthOf(aws: AwsApi, { url, deadLettersUrl }: QueuePair): Promise<Depth> {
  const attributes = async (QueueUrl: string) => {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible']
    const { Attributes = {} } = await aws.call<{ Attributes?: Record<string, string> }>('sqs', 'GetQueueAttributes', {
      QueueUrl,
      AttributeNames,
    })
    return AttributeNames.map((attribute) => Number(Attributes[attribute] ?? 0))
  }
  const [[waiting = 0, inFlight = 0], [deadLetters = 0]] = await Promise.all([
    attributes(url),
    attributes(deadLettersUrl),
  ])
  return { waiting, inFlight, deadLetters }
}
