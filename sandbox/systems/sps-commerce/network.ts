import { type SpsOperation, uploadPrefixes } from '../../../lib/systems/sps-commerce/records.ts'
import { isSection, type Section } from '../../../lib/systems/sps-commerce/rsx/clean.ts'
import { type Family, typeOf } from '../../../lib/systems/sps-commerce/rsx/families.ts'
import { outbound } from '../../../lib/systems/sps-commerce/rsx/outbound.ts'
import { documentsIn } from '../../../lib/systems/sps-commerce/rsx/unwrap.ts'
import type { SandboxClock } from '../shared/clock.ts'
import type { Store } from '../shared/store.ts'
import { typed } from './typed.ts'

/** Kinds of documents a trading partner puts in, with the letters of their file names and their collection. */
export const kinds = {
  order: { letters: 'PO', collection: 'purchaseorders', directory: 'out/PO/' },
  'order-change': { letters: 'PC', collection: 'orderchanges', directory: 'out/' },
  acknowledgement: { letters: 'PR', collection: 'orderacks', directory: 'out/' },
  'ship-notice': { letters: 'SH', collection: 'shipments', directory: 'out/' },
  'warehouse-receipt': { letters: 'RE', collection: 'warehousereceipts', directory: 'out/' },
  'product-activity': { letters: 'PD', collection: 'productactivities', directory: 'out/' },
  inventory: { letters: 'IB', collection: 'inventory', directory: 'out/' },
} as const
export type Kind = keyof typeof kinds

/** The kind of each canonical type. */
const kindOfType: Readonly<Record<string, Kind>> = {
  'purchase-order': 'order',
  'purchase-order-change': 'order-change',
  acknowledgement: 'acknowledgement',
  'advance-ship-notice': 'ship-notice',
  'warehouse-receipt': 'warehouse-receipt',
  'product-activity': 'product-activity',
  'inventory-advice': 'inventory',
}

/** What SPS calls a document it took from us, by the operation that sends it. */
const names = {
  'send-purchase-order': 'purchase-order',
  'send-purchase-order-change': 'purchase-order-change',
  'send-acknowledgement': 'acknowledgement',
  'send-ship-notice': 'ship-notice',
  'send-invoice': 'invoice',
  'send-inventory': 'inventory',
} as const satisfies Record<SpsOperation, string>
export type TakenType = (typeof names)[SpsOperation]

/** Kinds of documents SPS takes from us. An acknowledgement is known by the order's number, which it must have. */
export const taken = Object.fromEntries(
  (Object.keys(names) as SpsOperation[]).map((operation) => [
    names[operation],
    { ...outbound[operation], ...(operation === 'send-acknowledgement' ? { number: 'PurchaseOrderNumber' } : {}) },
  ]),
) as Record<TakenType, (typeof outbound)[SpsOperation]>

/** A document SPS took from us. */
export interface Taken {
  type: TakenType | 'unknown'
  tradingPartner: string
  number: string
  document: object
  /** How it came: path of the file or of the collection. */
  via: string
  at: string
}

/** A trading partner's document as it waits: one record, seen by both API styles. */
export interface Waiting {
  kind: Kind
  /** JSON text or XML text, as delivered. */
  text: string
  path: string
}

/** What the network holds, whatever API style looks at it. */
export interface Network {
  store: Store
  clock: SandboxClock
  deliver(document: object | string, kind?: Kind, path?: string): string
  take(text: string, via: string, hint?: TakenType): Taken
}

export function createNetwork(store: Store, clock: SandboxClock): Network {
  return {
    store,
    clock,
    deliver: (document, given, givenPath) => {
      const text = typeof document === 'string' ? document : JSON.stringify(document)
      const kind = given ?? kindOf(document)
      return store.transaction(() => {
        const key = String(store.next('documents')).padStart(9, '0')
        const { letters, directory } = kinds[kind]
        const extension = text
          .trimStart()
          .replace(/^\uFEFF/, '')
          .startsWith('<')
          ? 'xml'
          : 'json'
        const path = givenPath ?? `${directory}${letters}${key}.${extension}`
        store.put('documents', key, { kind, text, path } satisfies Waiting)
        store.put('files', path, { text, at: clock.now() })
        logHistory(store, path, 'uploaded', clock.now())
        return path
      })
    },
    take: (text, via, hint) => {
      const found = documentsIn(text)[0]
      const document = (found?.document ?? {}) as Record<string, Record<string, Record<string, string>>>
      const type = hint ?? takenType(document, found?.wrapper, via)
      const header = type === 'unknown' ? {} : (document.Header?.[taken[type].header] ?? {})
      const record: Taken = {
        type,
        tradingPartner: String(header.TradingPartnerId ?? ''),
        number: type === 'unknown' ? '' : String(header[taken[type].number] ?? ''),
        document: type === 'unknown' ? document : typed(document, taken[type].structure),
        via,
        at: new Date(clock.now()).toISOString(),
      }
      store.put('taken', String(store.next('taken')).padStart(9, '0'), record)
      return record
    },
  }
}

/** By the name of the document in XML, else by its main header; orders and answers share one, and the file's name tells. */
function takenType(document: Section, wrapper: Family | undefined, via: string): TakenType | 'unknown' {
  const operations = Object.keys(names) as SpsOperation[]
  if (wrapper !== undefined) {
    const named = operations.find((operation) => outbound[operation].name === wrapper.name)
    return named === undefined ? 'unknown' : names[named]
  }
  const { Header: header } = document
  const fits = operations.filter((operation) => isSection(header) && outbound[operation].header in header)
  const letters = via.slice(via.lastIndexOf('/') + 1).slice(0, 2)
  const lettered = fits.find((operation) => uploadPrefixes[operation] === letters)
  const [only, ...others] = fits
  if (lettered !== undefined) return names[lettered]
  if (only !== undefined && others.length === 0) return names[only]
  const type = typeOf(document)
  const found = fits.find((operation) => names[operation] === type)
  return found === undefined ? 'unknown' : names[found]
}

/** The kind of a trading partner's document by its root or its content; broken ones pass for orders. */
function kindOf(document: object | string): Kind {
  const found = documentsIn(document)[0]
  return kindOfType[typeOf(found?.document ?? {}, found?.wrapper)] ?? 'order'
}

export interface HistoryEntry {
  id: string
  path: string
  direction: 'in' | 'out'
  status_log: { status: string; timestamp: string; message?: string }[]
}

/** Notes a file's state in the history of the Transaction API. A new upload of a path is a new entry. */
export function logHistory(store: Store, path: string, status: string, at: number, message?: string): void {
  const open = status === 'uploaded' ? undefined : store.get<string>('history-of', path)
  const key = open ?? String(store.next('history')).padStart(9, '0')
  const entry: HistoryEntry = store.get<HistoryEntry>('history', key) ?? {
    id: `history-${key}`,
    path: `/${path}`,
    direction: path.startsWith('in') || path.startsWith('testin') ? 'in' : 'out',
    status_log: [],
  }
  const state = { status, timestamp: new Date(at).toISOString(), ...(message === undefined ? {} : { message }) }
  store.put('history', key, { ...entry, status_log: [...entry.status_log, state] })
  store.put('history-of', path, key)
}
