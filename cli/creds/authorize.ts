import { createInterface } from 'node:readline'
import { type Authorisation, ConsentRefused, type Granted } from '../../lib/systems/shipbob/consent.ts'
import { connectionNamed } from '../connections/named.ts'
import { configOf, connectionContext } from '../deployment/connection.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { type ExitCode, exitCodes, WrongUse } from '../exit.ts'
import { commandLine } from '../next.ts'
import { wantedOf } from '../ping/wanted.ts'
import { authorisedSystems } from '../systems.ts'
import type { Terminal } from '../terminal.ts'
import { listenFor, loopbackOf } from './listener.ts'

export interface AuthorizeOptions {
  config?: string
  json?: boolean
}

/** How long a person may take to sign in and agree. */
const patienceMs = 15 * 60_000

/**
 * Asks a person for consent in the browser and keeps the token where the deployment's workers find it. The answer comes
 * to a loopback redirect URI by itself; any other is pasted.
 * @param lines what the person types; standard input where absent
 * @returns 1 where a scope that the documents need was not granted
 */
export async function authorizeConnection(
  name: string,
  deployment: Deployment,
  options: AuthorizeOptions,
  terminal: Terminal,
  lines?: AsyncIterable<string>,
): Promise<ExitCode> {
  const { system, tokenSecretArn } = connectionNamed(deployment, name)
  const begin = authorisedSystems[system]
  if (!begin || tokenSecretArn === undefined)
    throw new WrongUse(`${name} is a ${system}; consent is given to ${Object.keys(authorisedSystems).join(', ')}`)
  const context = connectionContext(name, deployment, options.config)
  const authorisation = await begin(context, wantedOf(configOf(deployment, options.config), name))
  terminal.note('Open this address in a browser and sign in as the root user of the account:')
  terminal.note(authorisation.url)
  const { scopes } = await answered(authorisation, terminal, lines)
  const missing = scopes.length === 0 ? [] : authorisation.needed.filter((one) => !scopes.includes(one))
  if (options.json) {
    const { needed } = authorisation
    terminal.print(JSON.stringify({ connection: name, stored: true, granted: scopes, needed, missing }, null, 2))
  } else {
    terminal.print(`Stored for ${name} in ${deployment.title}; it is kept alive by the polls.`)
    terminal.print(`Granted: ${scopes.join(', ') || 'ShipBob does not say'}`)
    if (missing.length > 0) terminal.print(terminal.style('red', `Not granted, and needed: ${missing.join(', ')}`))
    terminal.print(`Next: ${commandLine('ping', name, ...deployment.arguments)}`)
  }
  return missing.length > 0 ? exitCodes.found : exitCodes.ok
}

/** The first answer that is good, whichever way it comes. One that is not is told, and waiting goes on. */
async function answered(
  { redirectUri, complete }: Authorisation,
  terminal: Terminal,
  lines: AsyncIterable<string> | undefined,
): Promise<Granted> {
  const { promise, resolve, reject } = Promise.withResolvers<Granted>()
  const take = async (answer: string): Promise<string> => {
    try {
      resolve(await complete(answer))
      return 'Consent was given. Close this page and go back to the terminal.'
    } catch (error) {
      if (error instanceof ConsentRefused) terminal.note(error.message)
      else reject(error)
      throw error
    }
  }
  const loopback = loopbackOf(redirectUri)
  const listener = loopback && (await listenFor(loopback, take).catch(() => undefined))
  terminal.note(
    listener
      ? `Waiting for it to come back to ${redirectUri}. From another machine: paste the address it ends at, then Enter.`
      : 'Paste the address of the page you end at, whole, then Enter. It is good for two minutes.',
  )
  const keyboard = lines === undefined ? createInterface({ input: process.stdin }) : undefined
  const timer = setTimeout(() => reject(new WrongUse('nobody gave consent; call it again')), patienceMs)
  const typed = async () => {
    for await (const line of keyboard ?? lines ?? []) if (line.trim() !== '') await take(line).catch(() => undefined)
    if (!listener) reject(new WrongUse('no address was pasted, so there is no consent'))
  }
  typed().catch(reject)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    keyboard?.close()
    await listener?.close()
  }
}
