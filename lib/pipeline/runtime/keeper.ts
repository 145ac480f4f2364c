import { GetEventSourceMappingCommand, LambdaClient, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { keeperEnvironment } from '../../config/environment.ts'
import { systemClock } from '../../core/exchange.ts'
import { dynamoState } from '../aws/state.ts'
import { keep, type Valve } from '../keep.ts'
import { dynamoDb, lazily } from './clients.ts'
import { observe } from './observe.ts'

const lambda = lazily(() => new LambdaClient())

const valve: Valve = {
  isOpen: async (id) => {
    const { State } = await lambda().send(new GetEventSourceMappingCommand({ UUID: id }))
    return State !== 'Disabled' && State !== 'Disabling'
  },
  set: async (id, open) => void (await lambda().send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: open }))),
}

/** The Lambda handler of the keeper: called by ConnectionDown and ConnectionUp, and on a schedule in case one was lost. */
export function keepHandler(): () => Promise<{ [connection: string]: 'up' | 'down' }> {
  const environment = z.parse(keeperEnvironment, process.env)
  const state = dynamoState(dynamoDb(), environment.STATE_TABLE, systemClock.now)
  const { log } = observe(environment)
  return () => keep(environment.CONNECTIONS, { state, valve, log })
}
