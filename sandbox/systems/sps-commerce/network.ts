import { outbound } from '../../../lib/systems/sps-commerce/rsx/outbound.ts'
import { documentsIn } from '../../../lib/systems/sps-commerce/rsx/unwrap.ts'
import type { SandboxClock } from '../shared/clock.ts'
import type { Store } from '../shared/store.ts'
import { typed } from './typed.ts'

/** Kinds of documents a retailer puts in, with the letters of their file names and their collection. */
export const kinds = {
  order: { letters: 'PO', collection: 'purchaseorders', directory: 'out/PO/' },
  'order-change': { letters: 'PC', collection: 'orderchanges', directory: 'out/' },
  'product-activity': { letters: 'PD', collection: 'productactivities', directory: 'out/' },
  inventory: { letters: 'IB', collection: 'inventory', directory: 'out/' },
} as const
export type Kind = keyof typeof kinds

/** Kinds of documents SPS takes from us, by the name of the document in XML and by its main header. */
const taken = {
  acknowledgement: { ...outbound['send-acknowledgement'], number: 'PurchaseOrderNumber' },
  'ship-notice': outbound['send-ship-notice'],
  invoice: outbound['send-invoice'],
}
export type TakenType = keyof typeof taken

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

/** A retailer's document as it waits: one record, seen by both API styles. */
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
      const type =
        hint ?? (Object.keys(taken) as TakenType[]).find((t) => isA(t, found?.wrapper?.name, document)) ?? 'unknown'
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

function isA(type: TakenType, wrapper: string | undefined, document: { Header?: object; LineItem?: unknown }): boolean {
  const { name, header } = taken[type]
  if (wrapper !== undefined) return wrapper === name
  return header in (document.Header ?? {})
}

/** The kind of a retailer's document by its root or its content. */
function kindOf(document: object | string): Kind {
  const found = documentsIn(document)[0]
  const content = JSON.stringify(found?.document ?? {})
  if (/"ReportHeader"/.test(content)) return 'product-activity'
  if (/"HeaderReport"|"partnerId"/.test(content)) return 'inventory'
  if (found?.wrapper?.name === 'OrderChange') return 'order-change'
  return /"TsetPurposeCode":"04"|"ChangeOrderSeqNumber"|"LineChangeCode"/.test(content) ? 'order-change' : 'order'
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
