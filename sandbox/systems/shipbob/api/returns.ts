import { type Call, givenList, isGiven, numberOf, type Route, textOf } from '../call.ts'
import type { Return, ReturnAction, ReturnLine } from '../model.ts'
import { addReturn, cancelReturn } from '../people/returns.ts'
import { olderReturnBody, reached, returnBody } from '../render/return.ts'
import { notFound, returnErrors } from '../wire/errors.ts'
import { numberCursor } from '../wire/paging.ts'
import { among, within } from '../wire/query.ts'
import { itemOf, type World } from '../world.ts'

/** Returns (shipbob.md §4.6). POST and PUT answer with an older model than GET. */
export const returnRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/return$/,
    scope: 'returns_read',
    handle: (world, call) => {
      const all = world.returns.all().filter((one) => isWanted(one, call))
      const ascending = /^asc/i.test(call.query.text('SortOrder') ?? 'Asc')
      return numberCursor(call, ascending ? all : all.reverse(), (one) => returnBody(world, one))
    },
  },
  {
    method: 'POST',
    path: /^\/return$/,
    scope: 'returns_write',
    handle: (world, call) => ({ status: 201, body: olderReturnBody(world, create(world, call)) }),
  },
  {
    method: 'GET',
    path: /^\/return\/(\d+)$/,
    scope: 'returns_read',
    handle: (world, call) => ({ status: 200, body: returnBody(world, returnOf(world, call)) }),
  },
  {
    method: 'PUT',
    path: /^\/return\/(\d+)$/,
    scope: 'returns_write',
    handle: (world, call) => {
      const found = awaited(returnOf(world, call), 'changed')
      const { lines, centre, tracking } = checked(world, call, found.id)
      return { status: 200, body: olderReturnBody(world, world.returns.put({ ...found, lines, centre, tracking })) }
    },
  },
  {
    method: 'POST',
    path: /^\/return\/(\d+):cancel$/,
    scope: 'returns_write',
    handle: (world, call) => ({
      status: 200,
      body: returnBody(world, cancelReturn(world, awaited(returnOf(world, call), 'cancelled').id)),
    }),
  },
]

function returnOf(world: World, call: Call): Return {
  const found = world.returns.get(call.params[0] ?? '')
  if (!found || (call.channel !== undefined && call.channel !== found.channel))
    throw notFound(`Return ${call.params[0]} was not found`)
  return found
}

function awaited(found: Return, what: string): Return {
  if (found.status === 'AwaitingArrival') return found
  throw returnErrors([`A return in status ${found.status} cannot be ${what}`])
}

const isWanted = (one: Return, { query, channel }: Call): boolean =>
  (channel === undefined || one.channel === channel) &&
  among(query, 'Ids', one.id) &&
  among(query, 'ReferenceIds', one.reference) &&
  among(query, 'Status', one.status) &&
  among(query, 'FulfillmentCenterIds', one.centre) &&
  among(query, 'TrackingNumbers', one.tracking) &&
  among(query, 'OriginalShipmentIds', one.shipment) &&
  among(query, 'InventoryIds', ...one.lines.map(({ inventory }) => inventory)) &&
  among(query, 'ReturnTypes', one.type) &&
  within(query, 'StartDate', 'EndDate', one.inserted) &&
  within(query, 'CompletedStartDate', 'CompletedEndDate', reached(one, 'Completed'))

function create(world: World, call: Call): Return {
  const { channel, body } = call
  const { lines, centre, tracking, reference } = checked(world, call, undefined)
  return addReturn(world, {
    reference,
    shipment: numberOf(body.original_shipment_id) ?? null,
    tracking,
    centre,
    lines,
    ...(channel === undefined ? {} : { channel }),
  })
}

const actions: readonly string[] = ['Default', 'Restock', 'Quarantine', 'Dispose']

/** Throws ApiError with everything that is wrong. */
function checked(world: World, { body }: Call, own: number | undefined) {
  const errors: string[] = []
  const reference = textOf(body.reference_id) ?? ''
  if (reference.length < 1 || reference.length > 50) errors.push('reference_id must have 1 to 50 characters')
  if (world.returns.all().some((one) => one.reference === reference && one.id !== own))
    errors.push('A return with this reference id already exists')
  const centre = isGiven(body.fulfillment_center) ? numberOf(body.fulfillment_center.id) : undefined
  if (centre === undefined || !world.centre(centre)) errors.push('fulfillment_center.id is not valid')
  const given = givenList(body.inventory)
  if (given.length === 0) errors.push('inventory is required')
  const ids = given.map(({ id }) => id)
  for (const id of new Set(ids.filter((one, i) => ids.indexOf(one) !== i)))
    errors.push(`inventory id ${String(id)} is listed more than once`)
  for (const { id, quantity, requested_action: action } of given) {
    if (!itemOf(world, numberOf(id) ?? 0)) errors.push(`inventory id ${String(id)} was not found`)
    if ((numberOf(quantity) ?? 0) < 1) errors.push(`quantity of inventory id ${String(id)} is not valid`)
    if (!actions.includes(textOf(action) ?? ''))
      errors.push(`requested_action of inventory id ${String(id)} is not valid`)
  }
  if (errors.length > 0) throw returnErrors(errors)
  const lines = given.map(
    (line): ReturnLine => ({
      inventory: numberOf(line.id) ?? 0,
      quantity: numberOf(line.quantity) ?? 0,
      bundle: null,
      lot: textOf(line.lot_number) ?? null,
      lotDate: textOf(line.lot_date) ?? null,
      requested: (textOf(line.requested_action) ?? 'Default') as 'Default' | ReturnAction,
      taken: [],
    }),
  )
  return { reference, centre: centre ?? 0, tracking: textOf(body.tracking_number) ?? null, lines }
}
