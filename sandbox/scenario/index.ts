import type { SandboxAcumatica } from '../systems/acumatica/index.ts'
import type { SandboxClock } from '../systems/shared/clock.ts'
import type { Store } from '../systems/shared/store.ts'
import type { SpsSandbox } from '../systems/sps-commerce/index.ts'
import { type ApiStyle, deliver } from './arrive.ts'
import { type Expected, everythingShipped, expectedOutcomes } from './expected.ts'
import { masters } from './masters.ts'
import { morningStart, patience, stepMinutes } from './morning-time.ts'
import { arrivals, lastWave, retailers } from './script.ts'
import { billWhatShipped, creditMemo, creditReturns, hasWork, shipWhatIsReady, takePhoneOrder } from './supplier.ts'

export { sandboxConnections } from './connections.ts'
export type { Expected } from './expected.ts'
export { morningStart }

export interface Morning {
  /** One step: what shipped is invoiced, what is off hold ships, what is due arrives; then the clock moves on. */
  advance(): void
  /** True where nothing more will come by itself. Ask when everything that was there has been polled and handled. */
  done(): boolean
  /** What should become of every document of the morning; complete once it is done. */
  readonly expected: readonly Expected[]
}

interface Progress {
  day: string
  wave: number
}

/**
 * The sample morning: a supplier, three retailers, everything that happens before lunch. The same every time but for
 * its day, which is the clock's at the first start. With a store it goes on where a killed run left it.
 */
export function startMorning(given: {
  sps: Pick<SpsSandbox, 'deliver'>
  acumatica: SandboxAcumatica
  clock: SandboxClock
  store?: Store
  /** How the network hands documents over: fulfillment has JSON, transactions has files, most of them XML. */
  apiStyle?: ApiStyle
}): Morning {
  const { sps, acumatica, clock, store } = given
  const style = given.apiStyle ?? 'fulfillment'
  let progress = store?.get<Progress>('morning', 'progress')
  if (!progress) {
    acumatica.load(masters(retailers))
    if (acumatica.orders().length === 0) takePhoneOrder(acumatica)
    progress = { day: new Date(clock.now()).toISOString().slice(0, 10), wave: 0 }
    store?.put('morning', 'progress', progress)
  }
  const at = progress
  return {
    advance() {
      billWhatShipped(acumatica)
      if (at.wave > lastWave) creditReturns(acumatica)
      shipWhatIsReady(acumatica)
      for (const arrival of arrivals) if (arrival.wave === at.wave) deliver(sps, arrival, at.day, style)
      at.wave += 1
      store?.put('morning', 'progress', at)
      clock.advance(stepMinutes * 60_000)
    },
    done() {
      if (at.wave <= lastWave || hasWork(acumatica)) return false
      return at.wave > lastWave + patience || (everythingShipped(acumatica) && creditMemo(acumatica) !== undefined)
    },
    get expected() {
      return expectedOutcomes(acumatica, at.day)
    },
  }
}
