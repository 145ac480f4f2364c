import type { SandboxClock } from '../shared/clock.ts'
import type { Store } from '../shared/store.ts'
import { type ApiRecord, guid, stamp, str } from './wire.ts'

/** The entities served, with the fields of their keys and of their stamps. */
export const entities = {
  SalesOrder: { keys: ['OrderType', 'OrderNbr'], stamps: ['LastModified'], created: 'CreatedDate' },
  Shipment: { keys: ['ShipmentNbr'], stamps: ['LastModifiedDateTime'], created: 'CreatedDateTime' },
  SalesInvoice: {
    keys: ['Type', 'ReferenceNbr'],
    stamps: ['LastModifiedDateTime', 'LastModifiedDate'],
    created: 'CreatedDate',
  },
  Customer: { keys: ['CustomerID'], stamps: ['LastModifiedDateTime'], created: 'CreatedDateTime' },
  CustomerLocation: {
    keys: ['Customer', 'LocationID'],
    stamps: ['LastModifiedDateTime'],
    created: 'CreatedDateTime',
  },
  StockItem: { keys: ['InventoryID'], stamps: ['LastModified', 'LastModifiedDateTime'], created: 'CreatedDateTime' },
} as const satisfies Record<string, { keys: string[]; stamps: string[]; created: string }>

export type EntityName = keyof typeof entities

/** A record as stored. Until `visibleAt`, readers over the API see `before`: a transaction that commits late. */
interface Row {
  record: ApiRecord
  visibleAt: number
  before?: ApiRecord
}

export interface SaveOptions {
  /** Readers see the change only after so much of the sandbox's time, with the stamp of now. */
  visibleInMs?: number
  /** Keeps the record's own stamps: loading masters. */
  keepStamps?: boolean
}

/** The tables of the simulated company. */
export interface Data {
  /** By key, as the business itself sees it. */
  find(entity: EntityName, ...keys: string[]): ApiRecord | undefined
  all(entity: EntityName): ApiRecord[]
  /** As a reader over the API sees them now, by key. */
  visible(entity: EntityName): ApiRecord[]
  /** Writes, stamps with the sandbox's time and returns the record. */
  save(entity: EntityName, record: ApiRecord, options?: SaveOptions): ApiRecord
  next(sequence: string): number
  now(): number
  transaction<T>(work: () => T): T
}

export const keyOf = (entity: EntityName, record: ApiRecord): string =>
  entities[entity].keys.map((name) => str(record, name)).join('|')

export function createData(store: Store, clock: SandboxClock): Data {
  const rows = (entity: EntityName) => store.list<Row>(entity).map((row) => row.value)
  return {
    find: (entity, ...keys) => store.get<Row>(entity, keys.join('|'))?.record,
    all: (entity) => rows(entity).map((row) => row.record),
    visible: (entity) =>
      rows(entity).flatMap((row): ApiRecord[] => {
        const seen = row.visibleAt <= clock.now() ? row.record : row.before
        return seen ? [seen] : []
      }),
    save: (entity, record, options = {}) => {
      const key = keyOf(entity, record)
      const previous = store.get<Row>(entity, key)
      const { stamps, created } = entities[entity]
      const saved: ApiRecord = { ...record, id: record.id ?? guid(`${entity}|${key}`) }
      if (!options.keepStamps) {
        for (const name of stamps) saved[name] = { value: stamp(clock.now()) }
        if (!previous) saved[created] = { value: stamp(clock.now()) }
      }
      const seen = previous && (previous.visibleAt <= clock.now() ? previous.record : previous.before)
      const row: Row = { record: saved, visibleAt: clock.now() + (options.visibleInMs ?? 0) }
      if (options.visibleInMs !== undefined && seen) row.before = seen
      store.put(entity, key, row)
      return saved
    },
    next: (sequence) => store.next(sequence),
    now: () => clock.now(),
    transaction: (work) => store.transaction(work),
  }
}
