import * as z from 'zod'
import { keeperEnvironment } from '../../config/environment.ts'
import { systemClock } from '../../core/exchange.ts'
import { type AwsApi, createAwsApi } from '../aws/api.ts'
import { dynamoState } from '../aws/state.ts'
import { type Kept, keep, type Valve } from '../keep.ts'
import { observe } from './observe.ts'

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
  return () => keep(environment.CONNECTIONS, { state, valve, log })
}
