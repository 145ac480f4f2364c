import { type Given, isGiven, numberOf, type Route } from '../call.ts'
import { deliver, handOver, label } from '../people/shipments.ts'
import { fieldErrors, notFound } from '../wire/errors.ts'
import { minuteMs } from '../wire/time.ts'
import type { World } from '../world.ts'

/** A step of a simulation that has not come yet. */
interface Planned {
  id: number
  shipment: number
  action: 'ShipOrder' | 'DeliverOrder'
  due: number
}

/** The sandbox account moves a shipment on by itself (shipbob.md §5): at most five steps, each after its minutes. */
export const simulateRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/simulate\/shipment$/,
    scope: 'fulfillments_write',
    handle: (world, { body }) => {
      const shipment = numberOf(body.shipment_id) ?? 0
      if (!world.shipments.get(shipment)) throw notFound(`Shipment ${shipment} was not found`)
      const steps = stepsIn(body.simulation)
      if (steps.length === 0 || steps.length > 5) throw fieldErrors(400, { simulation: ['Between 1 and 5 actions.'] })
      let due = world.clock.now()
      for (const { action, delayMs } of steps) {
        due += delayMs
        const id = world.store.next('simulation')
        world.store.put('simulations', String(id).padStart(9, '0'), { id, shipment, action, due } satisfies Planned)
      }
      runSimulations(world)
      return { status: 200, body: { shipment_id: shipment, actions: steps.map(({ action }) => action) } }
    },
  },
]

function stepsIn(given: unknown): { action: Planned['action']; delayMs: number }[] {
  if (!isGiven(given)) return []
  const { action, delay, next }: Given = given
  if (action !== 'ShipOrder' && action !== 'DeliverOrder')
    throw fieldErrors(400, { 'simulation.action': [`The value '${String(action)}' is not valid.`] })
  return [{ action, delayMs: (numberOf(delay) ?? 0) * minuteMs }, ...stepsIn(next)]
}

/** Does what has come due. Called whenever the account is looked at. */
export function runSimulations(world: World): void {
  for (const { key, value } of world.store.list<Planned>('simulations')) {
    if (value.due > world.clock.now()) continue
    world.store.delete('simulations', key)
    const shipment = world.shipments.get(value.shipment)
    if (value.action === 'DeliverOrder') deliver(world, value.shipment)
    else if (shipment && !shipment.picked) {
      label(world, value.shipment)
      handOver(world, value.shipment)
    }
  }
}
