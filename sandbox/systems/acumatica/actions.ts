import type { SandboxResponse } from '../shared/serve.ts'
import type { Store } from '../shared/store.ts'
import type { Data, EntityName } from './data.ts'
import { busyScreen, exception, noAction, noRecord } from './errors.ts'
import { type ApiRecord, isObject, list, str } from './wire.ts'

interface Running {
  entity: EntityName
  keys: string[]
  /** How many more questions find it running. */
  left: number
  failed?: string
}

/** Long operations: 202 with a status address, then 204; while one runs its screen answers 409 (acumatica.md §6). */
export interface Actions {
  start(entity: EntityName, action: string, body: ApiRecord, base: string): SandboxResponse
  status(id: string, self: string): SandboxResponse
  /** Throws 409 while an operation runs on the screen. */
  checkScreen(entity: EntityName): void
}

/** @param polls how many questions find an operation still running; 0 = it ends at once with 204 */
export function createActions(store: Store, data: Data, polls: () => number): Actions {
  const running = () => store.list<Running>('actions').filter((one) => one.value.left > 0)
  const end = (one: Running): Running => {
    const failure = cancel(data, one.keys)
    return failure === undefined ? one : { ...one, failed: failure }
  }
  return {
    start: (entity, action, body, base) => {
      if (entity !== 'SalesOrder' || action !== 'CancelSalesOrder') throw noAction()
      const keys = isObject(body.entity) ? [str(body.entity, 'OrderType'), str(body.entity, 'OrderNbr')] : []
      if (!data.find('SalesOrder', ...keys)) throw noRecord()
      const one: Running = { entity, keys, left: polls() }
      if (one.left === 0) {
        const { failed } = end(one)
        if (failed !== undefined) throw exception('PX.Data.PXException', failed)
        return { status: 204 }
      }
      const id = `00000000-0000-4000-8000-${String(store.next('actions')).padStart(12, '0')}`
      store.put('actions', id, one)
      return { status: 202, headers: { location: `${base}/${entity}/${action}/status/${id}` } }
    },
    status: (id, self) => {
      const one = store.get<Running>('actions', id)
      if (!one) throw noRecord()
      if (one.left > 0) {
        const next = { ...one, left: one.left - 1 }
        store.put('actions', id, next.left === 0 ? end(next) : next)
        return { status: 202, headers: { location: self } }
      }
      if (one.failed !== undefined) throw exception('PX.Data.PXException', one.failed)
      return { status: 204, headers: { location: self.replace(/\/SalesOrder\/.*/, '/SalesOrder') } }
    },
    checkScreen: (entity) => {
      const busy = running().filter((one) => one.value.entity === entity)
      // A refused call shows that time passes: an operation whose asker died does not block the screen for ever.
      for (const { key, value } of busy) {
        const next = { ...value, left: value.left - 1 }
        store.put('actions', key, next.left === 0 ? end(next) : next)
      }
      if (busy.length > 0) throw busyScreen()
    },
  }
}

/** Cancels the order, or says why not. */
function cancel(data: Data, keys: string[]): string | undefined {
  const order = data.find('SalesOrder', ...keys)
  if (!order) return 'No entity satisfies the condition.'
  const allowed = ['On Hold', 'Open', 'Awaiting Payment', 'Credit Hold'].includes(str(order, 'Status'))
  if (!allowed || list(order, 'Shipments').length > 0) return 'The order cannot be canceled in its current status.'
  data.save('SalesOrder', { ...order, Status: { value: 'Canceled' }, Hold: { value: false } })
  return undefined
}
