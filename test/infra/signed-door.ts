import { type App, Duration, Stack } from 'aws-cdk-lib'
import { EventBus } from 'aws-cdk-lib/aws-events'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Connection } from '../../infra/connection.ts'
import { OrderedQueue } from '../../infra/queue.ts'
import { Storage } from '../../infra/storage.ts'
import type { Surroundings } from '../../infra/surroundings.ts'
import { Webhooks } from '../../infra/webhooks.ts'
import { system } from '../../lib/systems/shipbob/settings.ts'
import { exampleConfig } from './deployment.ts'

/** A stack of one connection to ShipBob with its door, whatever flows there are. */
export function signedDoor(app: App, shipbob: Record<string, unknown> = {}): Stack {
  const stack = new Stack(app, 'Door')
  const around: Surroundings = {
    storage: new Storage(stack, 'Storage', { retain: false }),
    bus: new EventBus(stack, 'Bus'),
    documents: new OrderedQueue(stack, 'Documents', { workerTimeout: Duration.seconds(60) }),
    logs: { retention: RetentionDays.ONE_WEEK, retain: false },
  }
  const { connections } = exampleConfig()
  const config = exampleConfig({ connections: { ...connections, shipbob: { system: 'shipbob', ...shipbob } } })
    .connections.shipbob
  if (!config) throw new Error('the configuration lost its connection')
  const connection = new Connection(stack, 'Connection-shipbob', {
    ...around,
    name: 'shipbob',
    config,
    system,
    routes: [{ integration: 'odoo-shipbob', flow: 'shipment-in', types: ['shipment'] }],
  })
  const door = new Webhooks(stack, 'Webhooks', { ...around, connections: [connection] })
  connection.output(door)
  return stack
}
