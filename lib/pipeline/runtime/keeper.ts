import * as z from 'zod'
import { keeperEnvironment } from '../../config/environment.ts'
import { systemClock } from '../../core/exchange.ts'
import { type AwsApi, createAwsApi } from '../aws/api.ts'
import { dynamoState } from '../aws/state.ts'
import { type Kept, keep, type Valve } from '../keep.ts'
import { observe } from './observe.ts'
import type { ProbeEvent } from './pusher.ts'

/** Event source mappings through Lambda's REST API. */
function lambdaValve(api: AwsApi): Valve {
  const path = (id: string) => `/2015-03-31/event-source-mappings/${id}`
  return {
    isOpen: async (id) => {
      const { State } = JSON.parse((await api.rest('lambda', 'GET', path(id))).toString()) as { State?: string }
      return State !== 'Disabled' && State !== 'Disabling'
    },
    set: async (id, open) => void (await api.rest('lambda', 'PUT', path(id), JSON.stringify({ Enabled: open }))),
  }
}

/** The Lambda handler of the keeper: called by ConnectionDown and ConnectionUp, and on a schedule in case one was lost. */
export function keepHandler(): () => Promise<{ [connection: string]: Kept }> {
  const environment = z.parse(keeperEnvironment, process.env)
  const api = createAwsApi()
  const state = dynamoState(api, environment.STATE_TABLE, systemClock.now)
  const valve = lambdaValve(api)
  const { log } = observe(api, environment)
  // Not waited for: it may take as long as the system does to answer.
  const probe = async (pusher: string): Promise<void> => {
    const path = `/2015-03-31/functions/${pusher}/invocations`
    const event: ProbeEvent = { probe: true }
    await api.rest('lambda', 'POST', path, JSON.stringify(event), { 'x-amz-invocation-type': 'Event' })
  }
  return () => keep(environment.CONNECTIONS, { state, valve, probe, clock: systemClock, log })
}
