import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Json, MapResult, SourceDocument } from '../../../lib/core/exchange.ts'
import type { Flow, HistoryEntry, MapContext, Parse } from '../../../lib/core/flow.ts'
import { type Row, type Tables, tableVersion } from '../../../lib/core/tables.ts'
import { parseSettings, type Settings } from '../../../lib/integrations/acumatica-sps-commerce/settings.ts'
import { parse as parseAcumatica } from '../../../lib/systems/acumatica/parse.ts'
import { documentsOf as acumaticaDocuments } from '../../../lib/systems/acumatica/preview.ts'
import { parse as parseSps } from '../../../lib/systems/sps-commerce/parse.ts'
import { documentsOf as spsDocuments } from '../../../lib/systems/sps-commerce/preview.ts'
import type { RsxInvoice } from '../../../lib/systems/sps-commerce/records.ts'
import { invoiceFlow, purchaseOrderFlow } from './flows.ts'

/** Raw JSON of another system. */
export type Raw = { [field: string]: Json }

/** A fresh copy of an example payload of the fact sheets. */
export const fixture = (path: string): Raw => JSON.parse(readFileSync(resolve('test/fixtures', path), 'utf8'))

/** A copy with values put at paths such as "salesInvoices.0.Amount"; undefined takes the field away. */
export function changed(raw: Raw, changes: Readonly<Record<string, Json | undefined>>): Raw {
  const copy: Raw = structuredClone(raw)
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('.')
    const last = steps.pop() ?? ''
    const parent = steps.reduce<Json | undefined>((at, step) => (at as Raw | undefined)?.[step], copy)
    if (parent === null || typeof parent !== 'object') throw new Error(`the fixture has no ${path}`)
    if (value === undefined) delete (parent as Raw)[last]
    else (parent as Raw)[last] = value
  }
  return copy
}

/** The same with Acumatica's {"value": …} around every value. */
export const changedFields = (raw: Raw, changes: Readonly<Record<string, Json>>): Raw =>
  changed(raw, Object.fromEntries(Object.entries(changes).map(([path, value]) => [path, { value }])))

const item = (name: string, buyerPart: string, upc: string, caseGtin: string, caseSize: string): Row[] => [
  { item: name, upc, gtin: upc.padStart(14, '0'), caseGtin, caseSize },
  { tradingPartner: '3F1HARBORPINE', buyerPart, item: name },
]

const partnerRow: Row = {
  tradingPartner: '3F1HARBORPINE',
  vendor: '40127',
  customer: 'HARBORPINE',
  acceptsCredits: 'yes',
}

/** Tables of one retailer, as small as the examples need them. */
export function tablesWith({ partner = {}, codes = [] }: { partner?: Row; codes?: Row[] } = {}): Tables {
  const rows: Record<string, Row[]> = {
    partners: [{ ...partnerRow, ...partner }],
    locations: [
      { kind: 'ship-to', tradingPartner: '3F1HARBORPINE', code: '0417', location: 'DC0417' },
      {
        kind: 'remit-to',
        code: 'JS-AR',
        name: 'Juniper & Slate Goods LLC',
        address1: 'PO Box 4410',
        city: 'Red Wing',
        state: 'MN',
        postalCode: '55066',
        country: 'USA',
      },
    ],
    items: [
      ...item('JS-MUG-12', '771204', '614141001217', '10614141001214', '24'),
      ...item('JS-BWL-06', '771209', '614141001385', '10614141001382', '12'),
      ...item('JS-TRY-LG', '771233', '614141001521', '10614141001528', '6'),
    ],
    units: [
      { x12: 'EA', unit: 'EA', eaches: '1' },
      { x12: 'CA', unit: 'CASE', eaches: 'case' },
    ],
    carriers: [],
    codes: [
      { kind: 'countryIn', code: 'USA', value: 'US' },
      { kind: 'countryOut', code: 'US', value: 'USA' },
      { kind: 'taxType', code: 'WISTATE', value: 'ST' },
      ...codes,
    ],
  }
  return Object.fromEntries(
    Object.entries(rows).map(([name, list]) => [name, { name, version: tableVersion(list), rows: list }]),
  )
}

export interface World {
  tables?: Tables
  history?: HistoryEntry[]
  settings?: Settings
}

/** Runs one document through parse and flow with what the ledger knows. */
export function mapOne<D>(
  flow: Flow<D, Settings>,
  parse: Parse,
  source: SourceDocument,
  world: World = {},
): { document: D; result: MapResult; lookups: string[] } {
  const { tables = tablesWith(), history = [], settings = parseSettings({}, '') } = world
  const parsed = parse(source.type, source.raw)
  if ('problems' in parsed) throw new Error(`the fixture cannot be read: ${JSON.stringify(parsed.problems)}`)
  const document = parsed.document as D
  const lookups = flow.lookups(document, settings).map((l) => l.number)
  const context: MapContext<Settings> = {
    tables,
    settings,
    documentId: 'this',
    key: source.key,
    hash: source.hash,
    version: source.version,
    // Only what was asked for is there, as in the mapper.
    history: (number) =>
      lookups.includes(number) ? history.filter((h) => h.number === number || h.targetNumbers.includes(number)) : [],
    capturedAt: '2026-10-22T06:00:00.000Z',
    connections: { acumatica: 'acumatica', 'sps-commerce': 'sps' },
  }
  return { document, result: flow.map(document, context), lookups }
}

export const entry = (fields: Partial<HistoryEntry>): HistoryEntry => ({
  documentId: 'earlier',
  connection: 'sps',
  type: 'purchase-order',
  key: '',
  number: '',
  version: '',
  hash: '',
  flow: '',
  state: 'delivered',
  targetNumbers: [],
  targets: [],
  capturedAt: '2026-10-05T11:20:00.000Z',
  ...fields,
})

/** The ledger's entry of an 850 that became `erpOrders`: its snapshot is what the order flow itself kept. */
export function orderInLedger(rsx: Raw, erpOrders: string[], tables = tablesWith()): HistoryEntry {
  const [source] = spsDocuments(['purchase-order'], rsx)
  if (!source) throw new Error('no order in the fixture')
  const { result } = mapOne(purchaseOrderFlow, parseSps, source, { tables })
  if (result.outcome !== 'write') throw new Error(`the order is ${result.outcome}: ${JSON.stringify(result.problems)}`)
  return entry({
    key: source.key,
    number: source.number,
    hash: source.hash,
    flow: 'purchase-order',
    targetNumbers: erpOrders,
    ...(result.snapshot === undefined ? {} : { snapshot: result.snapshot }),
  })
}

/** The 850 of the examples, delivered as SO-20931. */
export const harborOrder = (): HistoryEntry => orderInLedger(fixture('sps-commerce/order-850.json'), ['SO-20931'])

/** The example invoice with its order, as a preview file holds them. */
export const harborInvoice = (): Raw => ({
  salesInvoices: [fixture('acumatica/sales-invoice.json')],
  salesOrders: [fixture('acumatica/sales-order-after-shipping.json')],
})

/** The invoice with line discount, freight and tax, and the order it bills: two lines of the other example order. */
export function freightInvoice(): Raw {
  const order = fixture('acumatica/sales-order-after-shipping.json')
  const [mug, , tray] = order.Details as Json[]
  const billed = changed(order, { Details: [mug ?? null, tray ?? null] })
  return {
    salesInvoices: [fixture('acumatica/sales-invoice-freight-tax.json')],
    salesOrders: [
      changedFields(billed, {
        OrderNbr: 'SO-20944',
        CustomerOrder: '4500187902',
        ExternalRef: 'SPS:3F1HARBORPINE:4500187902',
        'Details.0.OrderQty': 48,
        'Details.1.OrderQty': 1,
        'Details.1.LineNbr': 2,
        'Details.1.ExternalRef': '2',
      }),
    ],
  }
}

/** The example credit memo with the invoice it credits and that invoice's order. */
export const harborCredit = (): Raw => ({
  salesInvoices: [fixture('acumatica/credit-memo.json')],
  salesOrders: [fixture('acumatica/sales-order-after-shipping.json')],
  originals: [fixture('acumatica/sales-invoice.json')],
})

/** Maps the first invoice of a preview file. */
export function bill(file: Raw, world: World = {}) {
  const [source] = acumaticaDocuments(['invoice'], file)
  if (!source) throw new Error('no invoice in the file')
  return { source, ...mapOne(invoiceFlow, parseAcumatica, source, world) }
}

/** The 810 of a result that is written. */
export function rsxOf(result: MapResult): RsxInvoice {
  if (result.outcome !== 'write') throw new Error(`${result.outcome}: ${JSON.stringify(result.problems)}`)
  return result.writes[0]?.record as unknown as RsxInvoice
}

export const codesOf = (result: MapResult): string[] =>
  result.outcome === 'write' ? [] : result.problems.map((p) => p.code)
