import { toNumber } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import type { ProductRecord } from '../../records.ts'
import { type Customs, customsFields } from './customs.ts'

/** Numbers of ShipBob's (shipbob.md §4.1). */
export const kinds = { regular: 1, bundle: 2 } as const
export const statuses = { active: 0, inactive: 1 } as const

/** A component of a bundle, found. */
export interface Component {
  variantId: number
  quantity: number
}

/** The body of `POST /product`. What the ERP does not know is left out. */
export function newProduct(record: ProductRecord, customs: Customs, components: readonly Component[]): Json {
  const { name, sku, barcodes, weightOz, dimensions, lot, packaging, bundle, active } = record
  const customsPart = customsFields(customs)
  return {
    name,
    type_id: bundle ? kinds.bundle : kinds.regular,
    variants: [
      {
        name,
        sku,
        ...(barcodes.length > 0 ? { barcodes: barcodesBody(barcodes) } : {}),
        ...(weightOz === undefined ? {} : { weight: toNumber(weightOz) }),
        ...(dimensions === undefined ? {} : { dimension: dimensionBody(dimensions) }),
        ...(Object.keys(customsPart).length > 0 ? { customs: customsPart } : {}),
        ...(lot === undefined ? {} : { lot_information: lotBody(lot) }),
        ...(packaging === undefined ? {} : packagingBody(packaging)),
        ...(bundle === undefined ? {} : { bundle_definition: componentsBody(components) }),
        status_id: active ? statuses.active : statuses.inactive,
      },
    ],
  }
}

export const barcodesBody = (barcodes: readonly string[]): Json => barcodes.map((value) => ({ value }))

export const dimensionBody = ({ length, width, height }: NonNullable<ProductRecord['dimensions']>): Json => ({
  length: toNumber(length),
  width: toNumber(width),
  height: toNumber(height),
})

export const lotBody = ({ tracked, minimumShelfLifeDays }: NonNullable<ProductRecord['lot']>): Json => ({
  is_lot: tracked,
  minimum_shelf_life_days: minimumShelfLifeDays ?? null,
})

export const packagingBody = ({ requirementId, materialTypeId }: NonNullable<ProductRecord['packaging']>) => ({
  packaging_requirement_id: requirementId,
  packaging_material_type_id: materialTypeId,
})

export const componentsBody = (components: readonly Component[]): Json =>
  components.map(({ variantId, quantity }) => ({ variant_id: variantId, quantity }))
