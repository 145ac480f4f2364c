import type { Json, MapResult } from '../../../lib/core/exchange.ts'
import type { Flow, HistoryEntry } from '../../../lib/core/flow.ts'
import type { Tables } from '../../../lib/core/tables.ts'
import { parseSettings, type Settings } from '../../../lib/integrations/acumatica-sps-commerce/settings.ts'
import { parse } from '../../../lib/systems/sps-commerce/parse.ts'
import { documentsOf } from '../../../lib/systems/sps-commerce/preview.ts'
import { purchaseOrderChangeFlow, purchaseOrderFlow } from './flows.ts'
import { changed, codesOf, entry, fixture, type Raw, tablesWith } from './invoice-world.ts'

/** The tables of the examples, with two stores, a second ship-to and two carriers. */
function tables(partner: Record<string, string> = {}): Tables {
  const all = tablesWith({ partner })
  const place = (code: string, location: string) => ({
    kind: 'ship-to',
    tradingPartner: '3F1HARBORPINE',
    code,
    location,
  })
  const stores = ['0012', '0031', '0073', '0107'].map((code) => place(code, `ST${code}`))
  const carriers = [
    { scac: 'ODFL', shipVia: 'ODFL' },
    { scac: 'UPSN', shipVia: 'UPSGND' },
  ]
  const more = (name: string, rows: Record<string, string>[]) => ({
    name,
    version: '1',
    rows: [...(all[name]?.rows ?? []), ...rows],
  })
  return { ...all, locations: more('locations', stores), carriers: more('carriers', carriers) }
}

interface Place {
  history?: HistoryEntry[]
  capturedAt?: string
  partner?: Record<string, string>
}

/** Maps an 850 or an 860 with what the ledger knows of its order. */
function map(raw: Raw, { history = [], capturedAt = '2026-10-09T08:00:00Z', partner = {} }: Place = {}) {
  const kind =
    'ChangeOrderSeqNumber' in ((raw.Header as Raw).OrderHeader as Raw) ? 'purchase-order-change' : 'purchase-order'
  const [source] = documentsOf([kind], raw)
  if (!source) throw new Error('no order in the fixture')
  const parsed = parse(kind, source.raw)
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  const flow = (kind === 'purchase-order' ? purchaseOrderFlow : purchaseOrderChangeFlow) as Flow<unknown, Settings>
  const result: MapResult = flow.map(parsed.document, {
    ...source,
    tables: tables(partner),
    settings: parseSettings({}, ''),
    documentId: 'this',
    history: (number) => (number === source.number ? history : []),
    capturedAt,
    connections: { acumatica: 'acumatica', 'sps-commerce': 'sps' },
  })
  return { source, result }
}

/** The same document as the ledger has it. */
function known(raw: Raw, fields: Partial<HistoryEntry>, place: Place = {}): HistoryEntry {
  const { source, result } = map(raw, place)
  const { type, key, number, hash, version } = source
  const snapshot = result.outcome === 'write' && fields.state !== 'held' ? { snapshot: result.snapshot as Json } : {}
  return entry({ documentId: `sps:${type}:${key}#1`, type, key, number, hash, version, ...snapshot, ...fields })
}

const order = () => fixture('sps-commerce/order-850.json')
const change = (changes: Record<string, Json | undefined> = {}) =>
  changed(fixture('sps-commerce/order-change-860.json'), changes)
/** A change of nothing but what is given. */
const only = (changes: Record<string, Json>) => change({ 'Header.Dates': [], LineItem: [], ...changes })
const line = (fields: Record<string, Json>): Json => ({ OrderLine: { LineSequenceNumber: '1', ...fields } })

const ordered = (fields: Partial<HistoryEntry> = {}) =>
  known(order(), { capturedAt: '2026-10-05T08:00:00Z', ...fields })
const recordOf = (result: MapResult): Raw => {
  if (result.outcome !== 'write') throw new Error(`${result.outcome}: ${JSON.stringify(result.problems)}`)
  return (result.writes[0]?.record ?? {}) as Raw
}
const applied = (raw: Raw, partner = {}) => map(raw, { history: [ordered()], partner }).result

describe('documents of one order that wait for a person', () => {
  const heldChange = (sequence: string, capturedAt: string) =>
    known(change({ 'Header.OrderHeader.ChangeOrderSeqNumber': sequence }), { state: 'held', capturedAt })

  test('an order that is redriven is created though its change waits behind it', () => {
    const history = [heldChange('1', '2026-10-08T08:00:00Z')]
    expect(map(order(), { history, capturedAt: '2026-10-05T08:00:00Z' }).result).toMatchObject({
      outcome: 'write',
      writes: [{ operation: 'create-order' }],
    })
  })

  test('an order whose change came first is created', () => {
    const history = [heldChange('1', '2026-10-04T08:00:00Z')]
    expect(map(order(), { history, capturedAt: '2026-10-05T08:00:00Z' }).result.outcome).toBe('write')
  })

  test('an order that comes again with other content after a held one is held itself, and lets the first one through', () => {
    const other = changed(order(), { 'LineItem.0.OrderLine.OrderQty': 36 })
    const first = ordered({ state: 'held' })
    const second = known(other, { state: 'held', capturedAt: '2026-10-06T08:00:00Z' })
    expect(codesOf(map(other, { history: [first] }).result)).toEqual(['ORDER_DIFFERS'])
    expect(map(order(), { history: [second], capturedAt: '2026-10-05T08:00:00Z' }).result.outcome).toBe('write')
  })

  test('of two held changes the first goes, the second waits for it', () => {
    const [one, two] = [heldChange('1', '2026-10-08T08:00:00Z'), heldChange('2', '2026-10-09T08:00:00Z')]
    const second = change({ 'Header.OrderHeader.ChangeOrderSeqNumber': '2' })
    expect(map(change(), { history: [ordered(), two], capturedAt: '2026-10-08T08:00:00Z' }).result.outcome).toBe(
      'write',
    )
    expect(codesOf(map(second, { history: [ordered(), one] }).result)).toEqual(['ORDER_WAITS'])
  })

  test('of two that came in one page the sequence decides', () => {
    const capturedAt = '2026-10-08T08:00:00Z'
    const two = heldChange('2', capturedAt)
    expect(map(change(), { history: [ordered(), two], capturedAt }).result.outcome).toBe('write')
  })

  test('a change waits for its order, also where that came later', () => {
    const late = ordered({ state: 'held', capturedAt: '2026-10-10T08:00:00Z' })
    expect(codesOf(map(change(), { history: [late] }).result)).toEqual(['ORDER_WAITS'])
  })

  test('a change that was redriven late stands: the next one builds on it', () => {
    const at = (time: string) => [
      { operation: '', connection: 'acumatica', targetId: '', numbers: [], adopted: false, result: {}, at: time },
    ]
    const early = known(
      change(),
      { capturedAt: '2026-10-04T08:00:00Z', targets: at('2026-10-06T09:00:00Z') },
      { history: [ordered()] },
    )
    const created = ordered({ targets: at('2026-10-05T08:01:00Z') })
    const next = only({
      'Header.OrderHeader.ChangeOrderSeqNumber': '2',
      LineItem: [line({ LineSequenceNumber: '3', LineChangeCode: 'QI', OrderQty: 4, OrderQtyUOM: 'CA' })],
    })
    expect(codesOf(map(next, { history: [early, created] }).result)).toEqual(['LINE_UNKNOWN'])
  })
})

describe('shipping has begun', () => {
  const shipped = (tradingPartner: string, number = '4500187734') =>
    entry({
      type: 'ship-notice',
      number: 'SHP-1',
      snapshot: {
        shipment: 'SHP-1',
        cartons: 1,
        orders: [{ tradingPartner, number, erpOrder: 'SO/1', lines: [] }],
      },
    })

  test('where a shipment of this very order was announced', () => {
    const history = [ordered(), shipped('3F1HARBORPINE')]
    expect(codesOf(map(change(), { history }).result)).toEqual(['SHIPPING_BEGUN'])
  })

  test('not where another partner got its own order of the same number', () => {
    const history = [ordered(), shipped('3F1TIDEWATER')]
    expect(map(change(), { history }).result.outcome).toBe('write')
  })
})

describe('a change of the whole order', () => {
  test('RZ takes out the lines that it does not list', () => {
    const [first] = (change().LineItem ?? []) as Json[]
    const replaced = changed(change({ LineItem: [first ?? null] }), { 'LineItem.0.OrderLine.LineChangeCode': 'RZ' })
    expect(recordOf(applied(replaced)).Details).toMatchObject([
      { ExternalRef: { value: '1' }, OrderQty: { value: 48 } },
      { ExternalRef: { value: '2' }, delete: true },
      { ExternalRef: { value: '3' }, delete: true },
    ])
  })

  test('another ship-to is written as the location of the order', () => {
    const moved = only({
      'Header.Address': [{ AddressTypeCode: 'ST', LocationCodeQualifier: '92', AddressLocationNumber: '0073' }],
    })
    expect(recordOf(applied(moved)).LocationID).toEqual({ value: 'ST0073' })
  })

  test('a ship-to that nobody knows holds it', () => {
    const moved = only({ 'Header.Address': [{ AddressTypeCode: 'ST', AddressLocationNumber: '9999' }] })
    expect(codesOf(applied(moved))).toEqual(['LOCATION_UNKNOWN'])
  })

  test('the ship-to of before, told by its number alone, is no change', () => {
    const same = only({ 'Header.Address': [{ AddressTypeCode: 'ST', AddressLocationNumber: '0417' }] })
    expect(applied(same)).toMatchObject({ outcome: 'skipped', problems: [{ code: 'NO_CHANGE' }] })
  })

  test('another carrier is written as ship via, one that nobody knows holds', () => {
    const carried = (scac: string) =>
      only({ 'Header.CarrierInformation': [{ CarrierAlphaCode: scac, CarrierRouting: 'Ground' }] })
    expect(recordOf(applied(carried('UPSN'))).ShippingSettings).toEqual({ ShipVia: { value: 'UPSGND' } })
    expect(codesOf(applied(carried('NOPE')))).toEqual(['CARRIER_UNKNOWN'])
  })

  test.each<[string, Record<string, Json>]>([
    ['terms', { 'Header.PaymentTerms': [{ TermsType: '08', TermsNetDueDays: 90 }] }],
    [
      'an allowance',
      { 'Header.ChargesAllowances': [{ AllowChrgIndicator: 'A', AllowChrgCode: 'C310', AllowChrgAmt: 50 }] },
    ],
    ['currency', { 'Header.OrderHeader.BuyersCurrency': 'CAD' }],
    ['another mark-for', { 'Header.Address': [{ AddressTypeCode: 'Z7', AddressLocationNumber: '0012' }] }],
    ['a note alone', { 'Header.Notes': [{ NoteCode: 'GEN', Note: 'Call before you come.' }] }],
    ['transport of a line', { LineItem: [line({ LineChangeCode: 'CS' })] }],
  ])('%s holds it: nothing is passed over in silence', (_, changes) => {
    expect(codesOf(applied(only(changes)))).toEqual(['CHANGE_NOT_APPLIED'])
  })

  test('what it repeats of terms, charges and notes is no change', () => {
    const { PaymentTerms, ChargesAllowances, Notes } = order().Header as Raw
    const repeated = only({
      'Header.PaymentTerms': PaymentTerms ?? [],
      'Header.ChargesAllowances': ChargesAllowances ?? [],
      'Header.Notes': Notes ?? [],
    })
    expect(applied(repeated)).toMatchObject({ outcome: 'skipped', problems: [{ code: 'NO_CHANGE' }] })
  })

  test('a note beside a change is warned about', () => {
    const result = applied(change({ 'Header.Notes': [{ Note: 'Call before you come.' }] }))
    expect(result).toMatchObject({ outcome: 'write', warnings: [{ code: 'NOTE_NOT_APPLIED' }] })
  })
})

describe('a line whose unit changes', () => {
  const unitOnly = (fields: Record<string, Json>) =>
    only({ LineItem: [line({ LineChangeCode: 'CA', OrderQty: 2, OrderQtyUOM: 'CA', ...fields })] })
  const details = (raw: Raw) => recordOf(applied(raw)).Details

  test('keeps its price per the old unit: 24 EA at 4.25 as 2 cases of 24 are 102 a case', () => {
    expect(details(unitOnly({}))).toMatchObject([
      { UOM: { value: 'CASE' }, OrderQty: { value: 2 }, UnitPrice: { value: 102 } },
    ])
  })

  test('takes a new price per the new unit, or per its basis', () => {
    expect(details(unitOnly({ PurchasePrice: 99 }))).toMatchObject([{ UnitPrice: { value: 99 } }])
    expect(details(unitOnly({ PurchasePrice: 4, PurchasePriceBasis: 'PE' }))).toMatchObject([
      { UnitPrice: { value: 96 } },
    ])
  })
})

describe('an order of several stores', () => {
  const multi = () => fixture('sps-commerce/order-850-multistore.json')
  const split = { multiStore: 'split', revisesByOriginal: 'yes' }

  test('that comes again for other stores, as many as before, is held', () => {
    const text = JSON.stringify(multi())
    const before = known(multi(), { capturedAt: '2026-10-05T08:00:00Z' }, { partner: split })
    const other = JSON.parse(text.replaceAll('"0012"', '"0107"')) as Raw
    expect(JSON.stringify(other)).not.toBe(text)
    expect(codesOf(map(other, { history: [before], partner: split }).result)).toEqual(['STORES_DIFFER'])
  })

  test('goes to its ship-to where it has one (cross-dock), one order for each store', () => {
    const crossDock = changed(multi(), {
      'Header.Address': [{ AddressTypeCode: 'ST', LocationCodeQualifier: '92', AddressLocationNumber: '0417' }],
    })
    const { result } = map(crossDock, { partner: split })
    if (result.outcome !== 'write') throw new Error(JSON.stringify(result.problems))
    expect(result.writes.length).toBeGreaterThan(1)
    expect(new Set(result.writes.map((w) => JSON.stringify(w.record.LocationID)))).toEqual(
      new Set(['{"value":"DC0417"}']),
    )
    expect(recordOf(map(crossDock, { partner: { multiStore: 'auto' } }).result).ExternalRef).not.toMatchObject({
      value: expect.stringContaining('#'),
    })
  })
})
