import { readFileSync } from 'node:fs'
import * as z from 'zod'
import type { Config } from '../../lib/config/config.ts'
import { systems } from '../../lib/config/register.ts'
import { ConfigurationError } from '../../lib/core/failures.ts'
import type { Problem } from '../../lib/core/problems.ts'
import { type AwsApi, AwsError } from '../../lib/pipeline/aws/api.ts'
import { WrongUse } from '../exit.ts'

export type Secrets = Record<string, Record<string, string>>

/** The variable that holds a connection's credentials as JSON: ML_CONNECTOR_SECRET_SPS for the connection "sps". */
export const secretVariable = (connection: string): string =>
  `ML_CONNECTOR_SECRET_${connection.toUpperCase().replaceAll('-', '_')}`

const secretsFile = z.record(z.string(), z.record(z.string(), z.string()))

/**
 * The credentials of every connection that is switched on, from a file ({"sps": {"clientId": …}}) or the environment.
 * Throws ConfigurationError naming every field that is missing or wrong; a value is never part of a message.
 * @param known connections whose credentials are stored already: they may be left out
 */
export function secretsFor(
  config: Config,
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  known: (connection: string) => boolean,
): Secrets {
  const given = file === undefined ? {} : readFile(file)
  const secrets: Secrets = {}
  const problems: Problem[] = []
  for (const [name, connection] of Object.entries(config.connections)) {
    const text = environment[secretVariable(name)]
    const value = given[name] ?? (text === undefined ? undefined : parse(text, secretVariable(name)))
    if (value === undefined) {
      if (connection.enabled && !known(name)) problems.push(missing(name))
      continue
    }
    const wrong = problemsOf(name, connection.system, value)
    problems.push(...wrong)
    if (wrong.length === 0) secrets[name] = value
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  return secrets
}

/** What is wrong with a connection's credentials, field by field; a value is never part of a message. */
export function problemsOf(connection: string, system: string, value: unknown): Problem[] {
  const checked = systems[system]?.credentials.safeParse(value)
  return (checked?.error?.issues ?? []).map((issue) => ({
    code: 'CONFIGURATION',
    message: issue.message,
    path: [connection, ...issue.path].join('.'),
  }))
}

/** Which of these secrets hold a value already; the value itself is not kept. */
export async function storedSecrets(
  connections: readonly { name: string; secretArn: string }[],
  aws: AwsApi,
): Promise<Set<string>> {
  const stored = new Set<string>()
  for (const { name, secretArn } of connections) {
    try {
      await aws.call('secretsmanager', 'GetSecretValue', { SecretId: secretArn })
      stored.add(name)
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error
    }
  }
  return stored
}

const missing = (name: string): Problem => ({
  code: 'CONFIGURATION',
  message: `has no credentials; put them in the file of --secrets under "${name}", or as JSON in ${secretVariable(name)}`,
  path: `connections.${name}`,
})

function readFile(path: string): Secrets {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new WrongUse(`the secrets file ${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`)
  }
  const parsed = secretsFile.safeParse(parse(text, path))
  if (!parsed.success)
    throw new WrongUse(
      `${path} must hold one object a connection, such as {"sps": {"clientId": "…", "clientSecret": "…"}}`,
    )
  return parsed.data
}

/** The parser's own message would quote the text, and so a secret. */
function parse(text: string, where: string): Record<string, string> & Secrets {
  try {
    return JSON.parse(text)
  } catch {
    throw new WrongUse(`${where} is not JSON`)
  }
}
