import type { SandboxClock } from '../systems/shared/clock.ts'
import type { Store } from '../systems/shared/store.ts'
import {
  billWhatShipped,
  creditReturns,
  everythingShipped,
  type Moment,
  phoneOrderRecord,
  readyToShip,
  returnsCredited,
  shipWhatIsReady,
  unbilled,
} from './erp-day.ts'
import type { Erp } from './erp-records.ts'
import { type Expected, expected } from './expected.ts'
import { masters } from './masters.ts'
import { type Arrival, arrivals, lastWave, retailers } from './script.ts'

export type { Expected } from './expected.ts'

/** The network of the sandbox, as the scenario sees it: a document that is delivered twice under a name is there once. */
export interface Network {
  deliver(arrival: Arrival, document: object): void
}

/** A step of the morning, and how long it takes in all: the run's clock starts so long before real time. */
const stepMinutes = 15
/** Steps after the last arrival in which the supplier still waits for what is on its way. */
const patience = 8
export const morningMinutes = (lastWave + patience + 2) * stepMinutes

export interface Morning {
  /** One step: what is due arrives, what is off hold ships, what shipped is invoiced; then the clock moves on. */
  advance(): void
  /** True where nothing more will come by itself. Ask when the pipeline is quiet. */
  done(): boolean
  /** What should become of every document of the morning, for the end-to-end test. */
  expected: readonly Expected[]
}

interface Progress {
  day: string
  wave: number
}

/**
 * The sample morning: a supplier, three retailers, everything that happens before lunch. The same every time, but
 * for its day, which is the clock's at the first start. With a store it goes on where a killed run left it.
 */
export function startMorning(given: { network: Network; erp: Erp; clock: SandboxClock; store?: Store }): Morning {
  const { network, erp, clock, store } = given
  let progress = store?.get<Progress>('morning', 'progress')
  if (!progress) {
    progress = { day: new Date(clock.now()).toISOString().slice(0, 10), wave: 0 }
    for (const { entity, record } of masters(retailers)) erp.put(entity, record)
    erp.put('SalesOrder', phoneOrderRecord({ day: progress.day, now: clock.now() }))
    store?.put('morning', 'progress', progress)
  }
  const at = progress
  const moment = (): Moment => ({ day: at.day, now: clock.now() })
  return {
    advance() {
      // Papers first, in the order of a real day: what shipped at the last step is billed at this one.
      billWhatShipped(erp, moment())
      shipWhatIsReady(erp, moment())
      if (at.wave > lastWave) creditReturns(erp, moment())
      for (const arrival of arrivals) if (arrival.wave === at.wave) network.deliver(arrival, arrival.build(at.day))
      at.wave += 1
      store?.put('morning', 'progress', at)
      clock.advance(stepMinutes * 60_000)
    },
    done() {
      if (at.wave <= lastWave + 1 || readyToShip(erp).length > 0 || unbilled(erp).length > 0) return false
      return at.wave > lastWave + patience || (everythingShipped(erp) && returnsCredited(erp))
    },
    expected,
  }
}
