import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { ConfigurationError } from '../../lib/core/failures.ts'
import { askSecret } from '../creds/ask.ts'
import { type AuthorizeOptions, authorizeConnection } from '../creds/authorize.ts'
import { type RotateOptions, rotateKey } from '../creds/rotate.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { problemsOf } from '../run/secrets.ts'
import { didYouMean } from '../suggest.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends Where {
  json?: boolean
}

export function credsCommand(run: Run): Command {
  const set = withWhere(
    new Command('set')
      .summary("store a connection's credentials")
      .description(
        paragraphs(`
Reads the credentials as JSON from standard input, or from a file, checks their fields and stores them in the
connection's secret in Secrets Manager. They are never printed. For SPS Commerce {"clientId", "clientSecret"}; for
Acumatica also "refreshToken", or "username" and "password"; for Odoo {"login", "apiKey"}, or "password" where no key
can be made; for ShipBob {"token"}, or {"clientId", "clientSecret", "redirectUri"} of an OAuth app, then creds
authorize.`),
      )
      .argument('<connection>', 'such as acumatica')
      .argument('[file]', '- reads standard input', '-')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((connection: string, file: string, options: Options) =>
    run(options, (terminal) =>
      withDeployment(options, (deployment) => setCredentials(connection, file, deployment, options, terminal)),
    ),
  )
  const authorize = withWhere(
    new Command('authorize')
      .summary('give consent to an OAuth app, in a browser')
      .description(
        paragraphs(`
For a ShipBob connection with grant "oauth", once, and again when ShipBob no longer takes its refresh token. Shows the
address at which the root user of the account signs in and agrees, takes the answer at a redirect URI of this machine
(such as http://127.0.0.1:8976/callback) or pasted here, and stores the token where the workers find it. Then compares
the scopes granted with those that the flows need.`),
      )
      .argument('<connection>', 'such as shipbob')
      .option('--config <file>', 'configuration, where it is not the one beside the deployment')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((connection: string, options: Options & AuthorizeOptions) =>
    run(options, (terminal) =>
      withDeployment(
        options,
        (deployment) => authorizeConnection(connection, deployment, options, terminal),
        // A sample's systems run in the command itself.
        true,
      ),
    ),
  )
  const rotate = withWhere(
    new Command('rotate')
      .summary('replace an API key without a gap')
      .description(
        paragraphs(`
Takes a new Odoo API key, from the terminal, a file or standard input, signs in with it and asks everything that ping
asks. Only where nothing is lost by it the key is stored, with the one before beside it: workers use whichever Odoo takes,
so nothing stops in between. Odoo lets keys be made by hand only (Preferences, Account Security), and most end after 90
days; ping tells when.

--finish takes the key before away, once it is deleted in Odoo. It does no harm to leave it.`),
      )
      .argument('<connection>', 'such as odoo')
      .argument('[file]', '- asks at the terminal, or reads standard input', '-')
      .option('--finish', 'keep the new key only')
      .option('--config <file>', 'configuration, where it is not the one beside the deployment')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((connection: string, file: string, options: Options & RotateOptions) =>
    run(options, (terminal) =>
      withDeployment(
        options,
        (deployment) =>
          rotateKey(connection, deployment, options, terminal, () => askSecret(file, 'The new API key', terminal)),
        // A sample's systems run in the command itself.
        true,
      ),
    ),
  )
  return new Command('creds')
    .summary("a connection's credentials")
    .addCommand(set)
    .addCommand(authorize)
    .addCommand(rotate)
}

export async function setCredentials(
  name: string,
  file: string,
  deployment: Deployment,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const connection = deployment.connections[name]
  if (!connection)
    throw new WrongUse(`there is no connection "${name}"; ${didYouMean(name, Object.keys(deployment.connections))}`)
  const value = readValue(file)
  const problems = problemsOf(name, connection.system, value)
  if (problems.length > 0) throw new ConfigurationError(problems)
  const SecretString = JSON.stringify(value)
  await deployment.aws.call('secretsmanager', 'PutSecretValue', { SecretId: connection.secretArn, SecretString })
  if (options.json) terminal.print(JSON.stringify({ connection: name, stored: true }, null, 2))
  else {
    terminal.print(`Stored for ${name} in ${deployment.title}. Workers read it within five minutes.`)
    if (file !== '-') terminal.print(`Delete ${file} now.`)
    terminal.print(`Next, if documents wait for it: ${commandLine('redrive', name, ...deployment.arguments)}`)
  }
  return exitCodes.ok
}

/** The parser's own message would quote the text, and so a secret. */
function readValue(file: string): unknown {
  const where = file === '-' ? 'standard input' : file
  let text: string
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new WrongUse(`${where} cannot be read: ${(error as NodeJS.ErrnoException).code}`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new WrongUse(`${where} is not JSON such as {"clientId": "…", "clientSecret": "…"}`)
  }
}
