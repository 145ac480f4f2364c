import { readSecret } from '../../lib/pipeline/aws/secrets.ts'
import type { WebhookSecret } from '../../lib/pipeline/hint-secret.ts'
import { fingerprint, newSigningSecret } from '../../lib/systems/shipbob/signing-secret.ts'
import { isRight, type Standing, type Wanted } from '../../lib/systems/shipbob/standing.ts'
import type { Settled, Subscriptions } from '../../lib/systems/shipbob/subscriptions.ts'
import { configOf } from '../deployment/connection.ts'
import type { DeployedConnection, Deployment } from '../deployment/deployment.ts'
import { type ExitCode, exitCodes, WrongUse } from '../exit.ts'
import type { Terminal } from '../terminal.ts'
import { showStanding } from './standing.ts'

export interface SignedOptions {
  register?: boolean
  rotate?: boolean
  revoke?: boolean
  config?: string
  json?: boolean
}

/** What stands at the system, and what was done about it. */
export interface Outcome {
  url: string
  right: boolean
  /** A secret before is accepted too. */
  previousAccepted: boolean
  standing: Standing
  settled?: Settled | undefined
}

/**
 * The subscriptions of a system that signs what it sends: shown, and with --register or --rotate brought to what the
 * deployment's flows want. The secret is stored before any subscription is made with it, so that no delivery is refused.
 * @returns 1 where something is left to do
 */
export async function showSigned(
  name: string,
  connection: DeployedConnection & { webhook: { url: string; secretArn: string } },
  system: Subscriptions,
  deployment: Deployment,
  options: SignedOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { url, secretArn } = connection.webhook
  if (!options.json) terminal.print(terminal.style('bold', url))
  const { customer, stage } = configOf(deployment, options.config)
  const wantedWith = (current: string | undefined): Wanted => ({
    url,
    deployment: `${customer}-${stage}`,
    connection: name,
    key: current === undefined ? '' : fingerprint(current),
    topics: system.topics,
    profile: system.profile,
  })
  const store = async (value: WebhookSecret) => {
    const SecretString = JSON.stringify(value)
    await deployment.aws.call('secretsmanager', 'PutSecretValue', { SecretId: secretArn, SecretString })
    return value
  }

  let secret = storedSecret(await readSecret(deployment.aws, secretArn))
  if (options.revoke && secret?.previous !== undefined) secret = await store({ current: secret.current })
  let standing = await system.standing(wantedWith(secret?.current))
  let settled: Settled | undefined
  if (options.register || options.rotate) {
    if (system.topics.length === 0) throw new WrongUse(`no flow takes anything that ${name} tells of`)
    if (!secret || (options.rotate && !isHalfRotated(standing)))
      secret = await store({ current: newSigningSecret(), ...(secret ? { previous: secret.current } : {}) })
    settled = await system.settle(wantedWith(secret.current), secret.current)
    standing = await system.standing(wantedWith(secret.current))
  }
  const previousAccepted = secret?.previous !== undefined
  const outcome: Outcome = {
    url,
    right: isRight(withoutRefused(standing, settled)),
    previousAccepted,
    standing,
    settled,
  }
  if (options.json) terminal.print(JSON.stringify({ connection: name, system: connection.system, ...outcome }, null, 2))
  else showStanding(name, outcome, deployment.arguments, terminal)
  return outcome.right ? exitCodes.ok : exitCodes.found
}

/** What was refused a moment ago is polled: nobody can do more about it. */
const withoutRefused = (standing: Standing, settled: Settled | undefined): Standing => ({
  ...standing,
  lacking: standing.lacking.filter((topic) => !settled?.refused.includes(topic)),
  polled: standing.polled.filter((topic) => !settled?.refused.includes(topic)),
})

/** A rotation that ended before its subscription was made goes on; another secret would be one too many. */
const isHalfRotated = ({ kept, dispensable }: Standing): boolean =>
  kept.length === 0 && dispensable.some(({ why }) => why === 'made with another secret')

/** Undefined where there is none, or no text of ours. */
function storedSecret(text: string | undefined): WebhookSecret | undefined {
  try {
    const { current, previous } = JSON.parse(text ?? '{}') as Partial<Record<keyof WebhookSecret, unknown>>
    if (typeof current !== 'string') return undefined
    return { current, ...(typeof previous === 'string' ? { previous } : {}) }
  } catch {
    return undefined
  }
}
