import { type Call, numberOf, type Route, textOf } from '../call.ts'
import type { Movement } from '../model.ts'
import { inException, inventories, type Level, levels, nameOf, sum } from '../stock.ts'
import { fieldErrors } from '../wire/errors.ts'
import { filtersOf, linked } from '../wire/paging.ts'
import { among, queryOf } from '../wire/query.ts'
import { dayMs, utc } from '../wire/time.ts'
import type { World } from '../world.ts'

/** Stock levels in three cuts, and its movements (shipbob.md §4.2). Bundles have none. */
export const inventoryRoutes: readonly Route[] = [
  ...(
    [
      [/^\/inventory-level$/, totalsOf],
      [/^\/inventory-level\/locations$/, (world, id) => ({ locations: byCentre(world, levels(world, id)) })],
      [/^\/inventory-level\/lots$/, lotsOf],
    ] as const satisfies readonly (readonly [RegExp, (world: World, id: number) => object])[]
  ).map(
    ([path, cut]): Route => ({
      method: 'GET',
      path,
      scope: 'inventory_read',
      handle: (world, call) => {
        const query = queryOf(filtersOf(call))
        const found = inventories(world).filter((id) => among(query, 'InventoryIds', id))
        return linked(call, found, (id) => ({ inventory_id: id, ...nameOf(world, id), ...cut(world, id) }))
      },
    }),
  ),
  {
    method: 'POST',
    path: /^\/inventory\/history:query$/,
    scope: 'inventory_read',
    handle: history,
  },
]

const totalOf = (found: readonly Level[], field: 'onHand' | 'committed' | 'awaiting') =>
  sum(found.map((level) => level[field]))

/** Exceptions and backorders are known in total only. */
function totalsOf(world: World, id: number): object {
  const found = levels(world, id)
  const [onHand, committed, exception] = [totalOf(found, 'onHand'), totalOf(found, 'committed'), inException(world, id)]
  const fulfillable = Math.max(0, onHand - committed)
  return {
    total_on_hand_quantity: onHand,
    total_committed_quantity: Math.min(onHand, committed),
    total_fulfillable_quantity: fulfillable,
    total_sellable_quantity: fulfillable - exception,
    total_awaiting_quantity: totalOf(found, 'awaiting'),
    total_exception_quantity: exception,
    total_backordered_quantity: Math.max(0, committed - onHand),
    total_internal_transfer_quantity: 0,
  }
}

const quantities = (found: readonly Level[]) => {
  const [onHand, committed] = [totalOf(found, 'onHand'), totalOf(found, 'committed')]
  return {
    on_hand_quantity: onHand,
    committed_quantity: Math.min(onHand, committed),
    fulfillable_quantity: Math.max(0, onHand - committed),
    awaiting_quantity: totalOf(found, 'awaiting'),
    internal_transfer_quantity: 0,
  }
}

const byCentre = (world: World, found: readonly Level[]): object[] =>
  [...Map.groupBy(found, ({ centre }) => centre)].map(([centre, some]) => ({
    location_id: centre,
    name: world.centre(centre)?.name ?? '',
    ...quantities(some),
  }))

function lotsOf(world: World, id: number): object {
  const lots = Map.groupBy(
    levels(world, id).filter(({ lot }) => lot !== null),
    ({ lot }) => lot,
  )
  return {
    lots: [...lots].map(([lot_number, some]) => ({
      lot_number,
      lot_date: some[0]?.lotDate ?? null,
      ...quantities(some),
      locations: byCentre(world, some),
    })),
  }
}

const most = 90 * dayMs

function history(world: World, { body }: Call) {
  const centre = numberOf(body.facility_id)
  if (centre === undefined) throw fieldErrors(400, { facility_id: ['The facility_id field is required.'] })
  const now = world.clock.now()
  const [from, to] = [Date.parse(textOf(body.start_date) ?? ''), Date.parse(textOf(body.end_date) ?? '')]
  const end = Number.isNaN(to) ? now : to
  const start = Number.isNaN(from) ? end - 7 * dayMs : from
  if (end - start > most) throw fieldErrors(400, { start_date: ['The window is at most 90 days.'] })
  const after = Number(body.cursor ?? 0)
  const wanted = Array.isArray(body.inventory_ids) ? body.inventory_ids : undefined
  const category = textOf(body.event_category)
  const found = world.movements
    .all()
    .filter(
      (one) =>
        one.id > after &&
        one.centre === centre &&
        one.at >= start &&
        one.at <= end &&
        (wanted === undefined || wanted.length === 0 || wanted.includes(one.inventory)) &&
        (category === undefined || one.category === category),
    )
  const data = found.slice(0, 100).map((one) => movementBody(world, one))
  return { status: 200, body: { data, first: null, last: null, next: null, prev: null } }
}

function movementBody(world: World, one: Movement): object {
  const change = {
    facility_id: one.centre,
    location_id: 5_544_021,
    sku: nameOf(world, one.inventory).sku,
    lot_number: one.lot,
    expiration_date: one.lotDate,
    quantity_change: Math.abs(one.change),
    committed_quantity_change: 0,
    inventory_status: 'Available',
    operational_stage: { id: 1, description: 'Available' },
  }
  return {
    inventory_audit_event_id: one.id,
    inventory_id: one.inventory,
    merchant_user_id: 904_411,
    shipbob_order_id: null,
    event_category: one.category,
    event_datetime: utc(one.at),
    additional_reference: one.references,
    increment: one.change > 0 ? change : null,
    decrement: one.change < 0 ? change : null,
  }
}
