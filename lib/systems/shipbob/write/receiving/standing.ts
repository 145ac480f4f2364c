import type { Json } from '../../../../core/exchange.ts'
import type { Client } from '../../client.ts'
import { pages } from '../../paging.ts'
import { countOf, fieldsOf, idOf, listOf, textOf } from '../fields.ts'

/** A receiving order as it stands at ShipBob (shipbob.md §4.3). */
export interface Standing {
  id: number
  status: string
  purchaseOrder: string
  packageType: string
  boxPackaging: string
  /** Epoch milliseconds; NaN where there is none. */
  expectedAt: number
  labels: string
  /** What is expected, by goods (`goodsKey`). */
  expected: ReadonlyMap<string, number>
}

/** What goods are counted by: the inventory id, else the SKU. */
export const goodsKey = ({
  inventoryId,
  sku,
}: {
  inventoryId?: number | undefined
  sku?: string | undefined
}): string => (inventoryId === undefined ? `SKU ${sku ?? ''}` : `inventory id ${inventoryId}`)

/** undefined where the answer is no receiving order. */
export function standingOf(body: Json): Standing | undefined {
  const fields = fieldsOf(body)
  const id = idOf(fields.id)
  if (id === undefined) return undefined
  const expected = new Map<string, number>()
  for (const row of listOf(fields.inventory_quantities)) {
    const key = goodsKey({ inventoryId: idOf(row.inventory_id), sku: textOf(row.sku) })
    expected.set(key, (expected.get(key) ?? 0) + countOf(row.expected_quantity))
  }
  return {
    id,
    status: textOf(fields.status),
    purchaseOrder: textOf(fields.purchase_order_number),
    packageType: textOf(fields.package_type),
    boxPackaging: textOf(fields.box_packaging_type),
    expectedAt: Date.parse(textOf(fields.expected_arrival_date)),
    labels: textOf(fields.box_labels_uri),
    expected,
  }
}

export const isCancelled = ({ status }: Standing): boolean => /^cancel+ed$/i.test(status)
export const isAwaiting = ({ status }: Standing): boolean => /^awaiting$/i.test(status)
export const isCompleted = ({ status }: Standing): boolean => /^completed$/i.test(status)

/**
 * Every receiving order of a purchase order: those of its number, to the letter, and those we made before, whatever
 * number somebody gave them since. Cancelled ones too. In the order of their ids.
 */
export async function standingOrders(
  client: Client,
  { purchaseOrder, known }: { purchaseOrder: string; known: readonly number[] },
): Promise<Standing[]> {
  const all = new Map<number, Standing>()
  const read = async (query: { [filter: string]: string | readonly number[] }) => {
    for await (const page of pages(client, 'numbered', { path: '/receiving', query }, 250))
      for (const order of page.flatMap((one) => standingOf(one) ?? [])) all.set(order.id, order)
  }
  await read({ PurchaseOrderNumbers: purchaseOrder })
  const missing = known.filter((id) => !all.has(id))
  if (missing.length > 0) await read({ IDs: missing })
  return [...all.values()]
    .filter((order) => order.purchaseOrder === purchaseOrder || known.includes(order.id))
    .toSorted((a, b) => a.id - b.id)
}

/** For messages: "918363 (Awaiting)". */
export const orderNamed = ({ id, status }: Standing): string => `${id} (${status === '' ? 'no status' : status})`
