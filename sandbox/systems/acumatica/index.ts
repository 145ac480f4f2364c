import { createSandboxClock, type SandboxClock } from '../shared/clock.ts'
import { createFaults, type Faults } from '../shared/faults.ts'
import { type SandboxServer, serve } from '../shared/serve.ts'
import { createStore, type Store } from '../shared/store.ts'
import { createActions } from './actions.ts'
import type { Endpoint } from './answer.ts'
import { bill, type CreditOptions, credit, type InvoiceOptions, release } from './billing.ts'
import { createData, type EntityName, type SaveOptions } from './data.ts'
import { createOAuth, credentials, type OAuth } from './oauth.ts'
import { type OrderRules, putOrder } from './orders.ts'
import { type Routes, route } from './routes.ts'
import { confirm, type ShipOptions, ship } from './shipping.ts'
import { type ApiRecord, list, str } from './wire.ts'

export interface AcumaticaOptions extends Partial<OrderRules> {
  /** Database file; in memory where absent. */
  file?: string
  clock?: SandboxClock
  faults?: Faults
  port?: number
  instancePath?: string
  builtIn?: Endpoint[]
  own?: Endpoint[]
  discovery?: Routes['discovery']
  sorted?: boolean
  apiUsers?: number
  tokenLifeSeconds?: number
  /** How many questions find an action still running. */
  actionPolls?: number
}

/** Master data in the shape of a read by key. */
export interface Masters {
  customers?: ApiRecord[]
  customerLocations?: ApiRecord[]
  stockItems?: ApiRecord[]
}

export interface Day {
  /** How to ship an order that is due; undefined leaves it for another day. */
  ship?(order: ApiRecord): ShipOptions | undefined
  /** How to bill a confirmed shipment. */
  invoice?(shipment: ApiRecord): InvoiceOptions | undefined
}

/** A simulated Acumatica instance with one company, its people and their warehouse. */
export interface SandboxAcumatica extends Pick<OAuth, 'expireAccessTokens' | 'withdrawConsent' | 'consentAgain'> {
  /** The instance URL with its instance path: `baseUrl` of a connection. */
  url: string
  /** What goes into the connection's secret. */
  credentials: typeof credentials
  faults: Faults
  clock: SandboxClock
  requests: SandboxServer['requests']
  close(): Promise<void>
  load(masters: Masters): void
  /** All records of an entity by key, as the business sees them. */
  all(entity: EntityName): ApiRecord[]
  find(entity: EntityName, ...keys: string[]): ApiRecord | undefined
  orders(): ApiRecord[]
  /** Somebody in the company changes or adds a record. */
  save(entity: EntityName, record: ApiRecord, options?: SaveOptions): ApiRecord
  /** Somebody keys an order, with the screen's own defaults and checks. */
  enterOrder(record: ApiRecord): ApiRecord
  shipOrder(orderNbr: string | string[], options?: ShipOptions): ApiRecord
  confirmShipment(shipmentNbr: string): ApiRecord
  invoiceShipment(shipmentNbr: string | string[], options?: InvoiceOptions): ApiRecord
  releaseInvoice(type: string, nbr: string): ApiRecord
  creditMemo(invoiceNbr: string, options?: CreditOptions): ApiRecord
  /** The business goes on by itself: ships what is off hold, bills what has left. Numbers of what it made. */
  advance(day?: Day): { shipments: string[]; invoices: string[] }
}

const versions = ['20.200.001', '22.200.001', '23.200.001', '24.200.001']

export async function start(options: AcumaticaOptions = {}): Promise<SandboxAcumatica> {
  const store: Store = createStore(options.file)
  const clock = options.clock ?? createSandboxClock(store)
  const faults = options.faults ?? createFaults()
  const data = createData(store, clock)
  const oauth = createOAuth(store, clock, {
    apiUsers: options.apiUsers ?? 3,
    tokenLifeSeconds: options.tokenLifeSeconds ?? 3600,
  })
  const rules: OrderRules = {
    firstOrder: options.firstOrder ?? 20_931,
    forbidDuplicateCustomerOrders: options.forbidDuplicateCustomerOrders ?? false,
    creditHold: options.creditHold ?? [],
    ...(options.onOrderLine ? { onOrderLine: options.onOrderLine } : {}),
  }
  const routes: Routes = {
    data,
    oauth,
    actions: createActions(store, data, () => options.actionPolls ?? 1),
    rules,
    instancePath: options.instancePath ?? '/Prod',
    builtIn: options.builtIn ?? versions.map((version) => ({ name: 'Default', version })),
    own: options.own ?? [],
    discovery: options.discovery ?? 'object',
    sorted: options.sorted ?? true,
  }
  const server = await serve((request) => route(routes, request), {
    faults,
    clock,
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  const many = (one: string | string[]) => (Array.isArray(one) ? one : [one])

  const sandbox: SandboxAcumatica = {
    url: `${server.url}${routes.instancePath}`,
    credentials,
    faults,
    clock,
    requests: server.requests,
    close: async () => {
      await server.close()
      store.close()
    },
    expireAccessTokens: oauth.expireAccessTokens,
    withdrawConsent: oauth.withdrawConsent,
    consentAgain: oauth.consentAgain,
    load: (masters) =>
      store.transaction(() => {
        for (const record of masters.customers ?? []) data.save('Customer', record, { keepStamps: true })
        for (const record of masters.customerLocations ?? [])
          data.save('CustomerLocation', record, { keepStamps: true })
        for (const record of masters.stockItems ?? []) data.save('StockItem', record, { keepStamps: true })
      }),
    all: data.all,
    find: data.find,
    orders: () => data.all('SalesOrder'),
    save: data.save,
    enterOrder: (record) =>
      data.transaction(() => putOrder(data, rules, record, { ifMatch: false, ifNoneMatch: false })),
    shipOrder: (orderNbr, how = {}) => data.transaction(() => ship(data, many(orderNbr), how)),
    confirmShipment: (nbr) => data.transaction(() => confirm(data, nbr)),
    invoiceShipment: (nbr, how = {}) => data.transaction(() => bill(data, many(nbr), how)),
    releaseInvoice: (type, nbr) => data.transaction(() => release(data, type, nbr)),
    creditMemo: (nbr, how = {}) => data.transaction(() => credit(data, nbr, how)),
    advance: (day = {}) =>
      data.transaction(() => {
        const due = data
          .all('SalesOrder')
          .filter((order) => str(order, 'OrderType') === 'SO' && ['Open', 'Back Order'].includes(str(order, 'Status')))
        const shipments = due.flatMap((order) => {
          const how = day.ship ? day.ship(order) : list(order, 'Shipments').length > 0 ? undefined : {}
          return how ? [str(ship(data, [str(order, 'OrderNbr')], how), 'ShipmentNbr')] : []
        })
        const left = data.all('Shipment').filter((shipment) => str(shipment, 'Status') === 'Confirmed')
        const invoices = left.flatMap((shipment) => {
          const how = day.invoice ? day.invoice(shipment) : {}
          return how ? [str(bill(data, [str(shipment, 'ShipmentNbr')], how), 'ReferenceNbr')] : []
        })
        return { shipments, invoices }
      }),
  }
  return sandbox
}

export type { ApiRecord, CreditOptions, InvoiceOptions, SaveOptions, ShipOptions }
