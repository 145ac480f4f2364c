import { randomBytes } from 'node:crypto'
import { Command } from 'commander'
import { readSecret } from '../../lib/pipeline/aws/secrets.ts'
import { activeSecrets, type WebhookSecret } from '../../lib/pipeline/hint-secret.ts'
import { connectionContext } from '../deployment/connection.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { didYouMean } from '../suggest.ts'
import { signedSystems } from '../systems.ts'
import type { Terminal } from '../terminal.ts'
import { instructions } from '../webhook/instructions.ts'
import { showSigned } from '../webhook/signed.ts'

export interface WebhookOptions extends Where {
  register?: boolean
  rotate?: boolean
  revoke?: boolean
  config?: string
  json?: boolean
}

export const webhookCommand = (run: Run): Command =>
  withWhere(
    new Command('webhook')
      .summary('the URL by which a system tells us that something changed')
      .description(
        paragraphs(`
Prints a connection's webhook URL, and how to have the system call it. The URL of Odoo ends with its secret: whoever
knows it can have the connection polled, and can do nothing else; treat it like a password all the same.

ShipBob signs what it sends and is told our URL by this command: without options it checks the subscriptions there,
--register makes what lacks, makes anew what ShipBob switched off and deletes what is left over of ours.

--rotate makes a new secret; the one before is accepted too, until --revoke or the next --rotate. At ShipBob the new
subscription is made before the old one is deleted; for Odoo paste the new URL, then revoke. The functions know within a
minute.`),
      )
      .argument('<connection>', 'such as odoo or shipbob')
      .option('--register', 'subscribe to what is wanted, or repair the subscriptions (ShipBob)')
      .option('--rotate', 'make a new secret beside the one in use')
      .option('--revoke', 'accept the newest secret only')
      .option('--config <file>', 'configuration, where it is not the one beside the deployment')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((connection: string, options: WebhookOptions) =>
    run(options, (terminal) =>
      withDeployment(
        options,
        (deployment) => showWebhook(connection, deployment, options, terminal),
        // A sample's ShipBob runs in the command itself.
        options.register === true,
      ),
    ),
  )

/** Throws WrongUse where the connection has no webhook. */
export async function showWebhook(
  name: string,
  deployment: Deployment,
  options: WebhookOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const connection = deployment.connections[name]
  if (!connection)
    throw new WrongUse(`there is no connection "${name}"; ${didYouMean(name, Object.keys(deployment.connections))}`)
  const { webhook, system } = connection
  if (!webhook)
    throw new WrongUse(`${name} has no webhook: a ${system} cannot call us, nothing is read from it, or it is off`)
  if (options.rotate && options.revoke)
    throw new WrongUse('first --rotate, then paste the new URL into the system, then --revoke')
  const subscriptions = signedSystems[system]?.(connectionContext(name, deployment, options.config))
  if (subscriptions) return showSigned(name, { ...connection, webhook }, subscriptions, deployment, options, terminal)
  if (options.register)
    throw new WrongUse(`${name} is a ${system}, where a person pastes the URL; there is no --register`)
  const secret = await changed(deployment, webhook.secretArn, options)
  const url = `${webhook.url}/${secret.current}`
  const both = secret.previous !== undefined
  if (options.json) {
    terminal.print(JSON.stringify({ connection: name, system, url, previousAccepted: both }, null, 2))
    return exitCodes.ok
  }
  terminal.print(terminal.style('bold', url))
  terminal.print()
  for (const line of instructions[system] ?? []) terminal.print(line)
  if (both) {
    terminal.print()
    terminal.print(`The URL before is accepted too. Next, when the new one is in use:`)
    terminal.print(`  ${commandLine('webhook', name, '--revoke', ...deployment.arguments)}`)
  }
  return exitCodes.ok
}

/** The secret as it is after what the options ask for; made where there was none. */
async function changed(
  { aws }: Pick<Deployment, 'aws'>,
  arn: string,
  { rotate = false, revoke = false }: WebhookOptions,
): Promise<WebhookSecret> {
  const [current, previous] = activeSecrets(await readSecret(aws, arn))
  if (current !== undefined && !rotate && !revoke) return { current, ...(previous ? { previous } : {}) }
  const after: WebhookSecret =
    current !== undefined && revoke
      ? { current }
      : { current: randomBytes(32).toString('base64url'), ...(current ? { previous: current } : {}) }
  await aws.call('secretsmanager', 'PutSecretValue', { SecretId: arn, SecretString: JSON.stringify(after) })
  return after
}
