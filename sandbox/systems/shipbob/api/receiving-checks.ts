import { type Given, givenList, isGiven, numberOf, textOf } from '../call.ts'
import type { BoxItem } from '../model.ts'
import { type FieldErrors, fieldErrors, tooManyItems, validation } from '../wire/errors.ts'
import type { Version } from '../wire/version.ts'
import { findVariant, itemOf, type World } from '../world.ts'

const most = { packages: 50, items: 10_000, quantity: 2_147_483_647 }
const packageTypes = ['Package', 'Pallet', 'FloorLoadedContainer']
const boxPackagings = ['EverythingInOneBox', 'OneSkuPerBox', 'MultipleSkuPerBox']

/** Boxes as they were asked for, not yet numbered. */
export interface NewBox {
  tracking: string | null
  items: BoxItem[]
}

/** Everything that is wrong with a receiving order, in the shape of the version: 400 by field, or 422 problem details. */
export function refuse(version: Version, errors: FieldErrors): void {
  if (Object.keys(errors).length === 0) return
  throw version.newReceiving
    ? validation(version.validationStatus, errors)
    : fieldErrors(version.validationStatus, errors)
}

/** @returns epoch milliseconds */
export function arrivalIn(world: World, version: Version, given: unknown, errors: FieldErrors): number {
  const text = textOf(given)
  const time = Date.parse(text ?? '')
  if (text === undefined || Number.isNaN(time))
    errors.expected_arrival_date = ['The expected_arrival_date is not valid.']
  else if (version.newReceiving && !/T\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text))
    errors.expected_arrival_date = ['The expected_arrival_date must be an RFC 3339 date-time.']
  else if (time <= world.clock.now()) errors.expected_arrival_date = ['Arrival date must be in the future.']
  return time
}

export function centreIn(world: World, given: unknown, errors: FieldErrors): number {
  const id = isGiven(given) ? numberOf(given.id) : undefined
  if (id === undefined || !world.centre(id))
    errors['fulfillment_center.id'] = [`Fulfillment center ${String(id)} is not valid.`]
  return id ?? 0
}

export function kindsIn(body: Given, errors: FieldErrors): { packageType: string; boxPackaging: string } {
  const [packageType, boxPackaging] = [textOf(body.package_type) ?? '', textOf(body.box_packaging_type) ?? '']
  if (!packageTypes.includes(packageType)) errors.package_type = [`The value '${packageType}' is not valid.`]
  if (!boxPackagings.includes(boxPackaging)) errors.box_packaging_type = [`The value '${boxPackaging}' is not valid.`]
  return { packageType, boxPackaging }
}

/** Throws ApiError at once for too many different items; everything else is collected. */
export function boxesIn(
  world: World,
  version: Version,
  given: unknown,
  { packageType }: { packageType: string },
  errors: FieldErrors,
): NewBox[] {
  const boxes = givenList(given)
  if (boxes.length === 0) errors.boxes = ['The boxes field is required.']
  if (packageType === 'Package' && boxes.length > most.packages)
    errors.boxes = [`The field boxes must have at most ${most.packages} elements.`]
  const items = boxes.flatMap((box) => givenList(box.box_items))
  if (new Set(items.map(({ inventory_id, sku }) => inventory_id ?? sku)).size > most.items) throw tooManyItems()
  return boxes.map((box, i) => {
    const tracking = textOf(box.tracking_number) ?? null
    if (tracking === null && version.newReceiving)
      errors[`boxes[${i}].tracking_number`] = ['The tracking_number field is required.']
    const content = givenList(box.box_items)
    if (content.length === 0) errors[`boxes[${i}].box_items`] = ['The box_items field is required.']
    return {
      tracking,
      items: content.map((item, j) => itemIn(world, version, item, `boxes[${i}].box_items[${j}]`, errors)),
    }
  })
}

function itemIn(world: World, version: Version, given: Given, path: string, errors: FieldErrors): BoxItem {
  const quantity = numberOf(given.quantity) ?? 0
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > most.quantity)
    errors[`${path}.quantity`] = [`The field quantity must be between 1 and ${most.quantity}.`]
  const id = numberOf(given.inventory_id)
  const sku = version.newReceiving ? textOf(given.sku) : undefined
  const variant =
    id !== undefined ? itemOf(world, id)?.variant : sku && findVariant(world, (one) => one.sku === sku)?.variant
  const [lot, lotDate] = [textOf(given.lot_number) ?? null, textOf(given.lot_date) ?? null]
  if (!variant || variant.inventory === null)
    errors[`${path}.inventory_id`] = [`Inventory ${String(id ?? sku)} was not found.`]
  else if (variant.lot.is_lot && (lot === null || lotDate === null))
    errors[`${path}.lot_number`] = ['lot_number and lot_date are required for lot items.']
  return { inventory: variant ? (variant.inventory ?? 0) : 0, expected: quantity, received: 0, stowed: 0, lot, lotDate }
}
