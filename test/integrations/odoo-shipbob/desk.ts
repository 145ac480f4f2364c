import type { Json, MapResult, Write } from '../../../lib/core/exchange.ts'
import type { DeliveredWrite, HistoryEntry, MapContext } from '../../../lib/core/flow.ts'
import { contentHash } from '../../../lib/core/hash.ts'
import { type Row, type Tables, tableVersion } from '../../../lib/core/tables.ts'
import { integration } from '../../../lib/integrations/odoo-shipbob/index.ts'
import { parseSettings, type Settings } from '../../../lib/integrations/odoo-shipbob/settings.ts'

/** JSON of which a test knows the shape. */
export type Raw = ReturnType<typeof JSON.parse>

const sample: Record<string, Row[]> = {
  centres: [
    { centre: '10', name: 'Moreno Valley (CA)', warehouse: 'SBCA', receives: 'yes', stock: 'SBCA/Stock' },
    { centre: '211', name: 'Fairburn (GA)', warehouse: 'SBGA', stock: 'SBGA/Stock' },
    { centre: '301', name: 'Chicago Hub (IL)', warehouse: 'SBCA' },
  ],
  fees: [{ fee: '*', account: '600000' }],
  items: [{ sku: 'MUG-BLUE', item: 'MUG-BLU-01' }],
}

/** Tables of one merchant; `rows` in place of some of them. */
export const tablesOf = (rows: Record<string, Row[]> = {}): Tables =>
  Object.fromEntries(
    Object.entries({ ...sample, ...rows }).map(([name, list]) => [
      name,
      { name, version: tableVersion(list), rows: list },
    ]),
  )

/** What a target answers to a write; undefined = it never came to that (held there). */
export type Answering = (write: Write) => { numbers?: string[]; result?: { [key: string]: Json } } | undefined

export interface DeskOptions {
  tables?: Tables
  settings?: unknown
  answer?: Answering
}

/**
 * Canonical documents one after the other through their flows, with a ledger that remembers them under their numbers, the
 * mapping's index and the target's numbers.
 */
export function createDesk({ tables = tablesOf(), settings = {}, answer = () => ({}) }: DeskOptions = {}) {
  const history: (HistoryEntry & { index: string[] })[] = []
  let count = 0

  function run(
    document: Raw,
    { key = document.id ?? document.number, number = document.number ?? document.id } = {},
  ): MapResult & { record: Raw } {
    count += 1
    const flow = integration.flows.find(({ types }) => types.includes(document.type))
    if (!flow) throw new Error(`no flow takes a ${document.type}`)
    const parsed = parseSettings(settings, '')
    const asked = new Set(flow.lookups(document, parsed).map((lookup) => lookup.number))
    const entry = {
      documentId: `${flow.source}:${document.type}:${key}#${count}`,
      connection: flow.source,
      type: document.type,
      key,
      number,
      version: String(count).padStart(6, '0'),
      hash: contentHash(document),
      flow: flow.name,
      capturedAt: new Date(Date.parse('2026-09-03T03:14:23Z') + count * 1000).toISOString(),
    }
    const context: MapContext<Settings> = {
      ...entry,
      tables,
      settings: parsed,
      connections: { odoo: 'odoo', shipbob: 'shipbob' },
      history: (one) =>
        asked.has(one)
          ? history.filter((h) => h.number === one || h.index.includes(one) || h.targetNumbers.includes(one))
          : [],
    }
    const result = flow.map(document, context)
    const writes = result.outcome === 'write' ? result.writes : []
    const answers = writes.map((write) => ({ write, said: answer(write) }))
    const targets = answers.flatMap(({ write, said }) => (said ? [delivered(write, said)] : []))
    const whole = targets.length === writes.length
    history.push({
      ...entry,
      state: result.outcome === 'write' ? (whole ? 'delivered' : 'held') : result.outcome,
      targetNumbers: targets.flatMap(({ numbers }) => numbers),
      targets,
      index: (result.outcome === 'write' && result.index) || [],
      ...(result.outcome === 'write' && result.snapshot !== undefined ? { snapshot: result.snapshot } : {}),
    })
    return { ...result, record: writes[0]?.record }
  }

  return { run, history }
}

const delivered = (
  write: Write,
  { numbers = [], result = {} }: NonNullable<ReturnType<Answering>>,
): DeliveredWrite => ({
  operation: write.operation,
  connection: write.connection,
  targetId: numbers[0] ?? '',
  numbers,
  adopted: false,
  result,
  at: '2026-09-03T03:15:00Z',
})

/** ShipBob gives every product an inventory id, and every receiving order a number. */
export function shipbob(): Answering {
  let made = 918362
  const inventory = new Map<string, number>([
    ['product:41', 21705365],
    ['product:42', 21705372],
  ])
  return ({ operation, reference, record }): ReturnType<Answering> => {
    if (operation === 'upsert-product') {
      const inventoryId = (record as Raw).bundle ? null : (inventory.get(reference) ?? 21700000 + inventory.size)
      if (inventoryId !== null) inventory.set(reference, inventoryId)
      return {
        numbers: [String((record as Raw).sku), ...(inventoryId === null ? [] : [`inventory:${inventoryId}`])],
        result: { productId: 1, variantId: 2, inventoryId, mergedInventoryIds: [] },
      }
    }
    if (operation === 'create-receiving-order') made += 1
    return { numbers: [String(made)], result: { id: made, status: 'Awaiting' } }
  }
}

/** The coffee as Odoo has it. */
export const coffee = (over: Raw = {}): Raw => ({
  type: 'product',
  id: '41',
  item: 'COF-LR-340',
  barcode: '0850012345017',
  name: 'Light Roast Coffee 340 g',
  state: 'active',
  kind: 'goods',
  stocked: true,
  unit: 'Units',
  category: 'All / Saleable / Coffee',
  tracking: 'lot',
  expires: true,
  minimumShelfLifeDays: 60,
  weight: { value: '0.354', unit: 'kg' },
  dimensions: { length: '203.2', width: '127', height: '76.2', unit: 'mm' },
  customs: { tariff: '0901.21', origin: 'CO', description: 'Roasted coffee', value: '14', currency: 'USD' },
  components: [],
  ...over,
})

export const mug = (over: Raw = {}): Raw =>
  coffee({
    id: '42',
    item: 'MUG-BLU-01',
    barcode: '0850012345024',
    name: 'Ceramic Mug, Blue',
    tracking: 'none',
    expires: false,
    ...over,
  })

/** The purchase order as Odoo has it. */
export const purchase = (over: Raw = {}): Raw => ({
  type: 'inbound-order',
  number: 'P00042',
  state: 'placed',
  vendor: 'ROASTERY',
  vendorName: 'Hill Roastery',
  vendorReference: 'SO-9917',
  warehouse: 'SBCA',
  dropShip: false,
  expectedAt: '2026-09-10T00:00:00Z',
  lines: [
    {
      line: '71',
      productId: '41',
      item: 'COF-LR-340',
      description: 'Coffee',
      tracking: 'lot',
      quantity: '200',
      received: '0',
    },
    {
      line: '72',
      productId: '42',
      item: 'MUG-BLU-01',
      description: 'Mug',
      tracking: 'none',
      quantity: '120',
      received: '0',
    },
  ],
  boxes: [],
  ...over,
})
