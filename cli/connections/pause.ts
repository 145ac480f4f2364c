import type { Pause } from '../../lib/pipeline/state.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { connectionNamed } from './named.ts'
import { switchPolling, switchWriting } from './switches.ts'

/**
 * Switches a connection off: nothing is read from it or written to it, and what is on its way waits in its queue. The
 * word is stored first, so that a command that dies in between is finished by the keeper and by the pollers. Throws
 * WrongUse for a connection nobody knows.
 * @returns the pause that holds now: an earlier one stays as it was
 */
export async function pauseConnection(deployment: Deployment, name: string, pause: Pause): Promise<Pause> {
  const connection = connectionNamed(deployment, name)
  const before = await deployment.state.paused(name)
  if (!before) await deployment.state.setPaused(name, pause)
  await switchPolling(deployment.aws, connection, false)
  await switchWriting(deployment.aws, connection, false)
  return before ?? pause
}

/**
 * Switches a connection on again. A connection that is down stays without writing until a poll finds that it works.
 * @returns the pause that was, if any
 */
export async function resumeConnection(deployment: Deployment, name: string): Promise<Pause | undefined> {
  const connection = connectionNamed(deployment, name)
  const before = await deployment.state.paused(name)
  await deployment.state.setPaused(name, undefined)
  await switchPolling(deployment.aws, connection, true)
  const works = (await deployment.state.connection(name))?.status !== 'down'
  if (works) await switchWriting(deployment.aws, connection, true)
  return before
}
