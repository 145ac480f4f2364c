import { compare, type Decimal, subtract, toNumber } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import type { ProductRecord } from '../../records.ts'
import type { Variant } from '../variant.ts'
import {
  barcodesBody,
  type Component,
  componentsBody,
  dimensionBody,
  lotBody,
  packagingBody,
  statuses,
} from './body.ts'
import { type Customs, customsFields } from './customs.ts'

/**
 * The body of `PATCH /product/{id}` that brings a variant to the record's state; undefined where it is there. Only what
 * differs is sent: people edit products at ShipBob too. Barcodes are added and never taken away; what the warehouse
 * measured stands.
 */
export function changesOf(
  variant: Variant,
  record: ProductRecord,
  { customs, components, sku }: { customs: Customs; components: readonly Component[]; sku: string },
): Json | undefined {
  const { name, weightOz, dimensions, lot, packaging, active } = record
  const missing = record.barcodes.filter((barcode) => !variant.barcodes.includes(barcode))
  const customsPart = customsChanges(variant, customs)
  const fields: { [field: string]: Json } = {
    ...(variant.name === name ? {} : { name }),
    ...(variant.sku === sku ? {} : { sku }),
    ...(missing.length > 0 ? { barcodes: barcodesBody([...variant.barcodes, ...missing]) } : {}),
    ...(weightOz === undefined || same(weightOz, variant.weight) ? {} : { weight: toNumber(weightOz) }),
    ...(dimensions === undefined || variant.dimension.locked || hasDimensions(variant, dimensions)
      ? {}
      : { dimension: dimensionBody(dimensions) }),
    ...(Object.keys(customsPart).length > 0 ? { customs: customsPart } : {}),
    ...(lot === undefined || hasLot(variant, lot) ? {} : { lot_information: lotBody(lot) }),
    // Without packaging orders are not shipped; what somebody chose at ShipBob stays.
    ...(packaging === undefined || variant.hasPackaging ? {} : packagingBody(packaging)),
    ...(!variant.bundle || hasComponents(variant, components) ? {} : { bundle_definition: componentsBody(components) }),
    ...(variant.active === active ? {} : { status_id: active ? statuses.active : statuses.inactive }),
  }
  const renames = variant.alone && variant.productName !== name
  if (!renames && Object.keys(fields).length === 0) return undefined
  return { ...(renames ? { name } : {}), variants: [{ id: variant.id, ...fields }] }
}

/** ShipBob rounds what it measures and is told. */
const tolerance = '0.01'
const same = (wanted: Decimal, there: Decimal | undefined): boolean => {
  if (there === undefined) return false
  const difference = subtract(wanted, there)
  return compare(difference, tolerance) <= 0 && compare(difference, `-${tolerance}`) >= 0
}

const hasDimensions = (
  { dimension }: Variant,
  { length, width, height }: NonNullable<ProductRecord['dimensions']>,
): boolean => same(length, dimension.length) && same(width, dimension.width) && same(height, dimension.height)

/** True where the warehouse measured the product, and found something else than the ERP has. */
export const isMeasuredOtherwise = (variant: Variant, { dimensions }: ProductRecord): boolean =>
  dimensions !== undefined && variant.dimension.locked && !hasDimensions(variant, dimensions)

/** Only what differs, but a value that fits keeps what else is declared. */
function customsChanges({ customs }: Variant, wanted: Customs): { [field: string]: Json } {
  const { tariff, origin, description, value } = wanted
  return customsFields({
    ...(tariff === undefined || tariff === customs.tariff ? {} : { tariff }),
    ...(origin === undefined || origin === customs.origin ? {} : { origin }),
    ...(description === undefined || description === customs.description ? {} : { description }),
    ...(value === undefined || same(value, customs.value) ? {} : { value }),
  })
}

/** A shelf life that the ERP does not know is left as it is. */
const hasLot = (
  { lot }: Variant,
  { tracked, minimumShelfLifeDays: days }: NonNullable<ProductRecord['lot']>,
): boolean => lot.tracked === tracked && (days === undefined || days === lot.minimumShelfLifeDays)

const hasComponents = ({ components }: Variant, wanted: readonly Component[]): boolean =>
  components.length === wanted.length &&
  wanted.every(({ variantId, quantity }) =>
    components.some((there) => there.variantId === variantId && there.quantity === quantity),
  )
