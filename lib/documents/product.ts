import * as z from 'zod'
import { decimal } from '../core/decimal.ts'

/** An article as the ERP sells and stocks it (one variant): what a warehouse or a shop needs to know of it. */
export const product = z.object({
  type: z.literal('product'),
  /** The ERP's own id of the variant. */
  id: z.string(),
  /** Internal reference (SKU). Absent where the ERP has none. */
  item: z.string().optional(),
  barcode: z.string().optional(),
  name: z.string(),
  /** deleted: the record is gone from the ERP. */
  state: z.enum(['active', 'inactive', 'deleted']),
  /** kit: not stocked itself, sold as its components. service: nothing that a warehouse could hold. */
  kind: z.enum(['goods', 'kit', 'service']),
  /** False where the ERP does not count its stock. */
  stocked: z.boolean(),
  unit: z.string().optional(),
  category: z.string().optional(),
  tracking: z.enum(['none', 'lot', 'serial']),
  /** True where lots have an expiry date. */
  expires: z.boolean(),
  /** Whole days before the expiry date from which the ERP no longer wants it sold. */
  minimumShelfLifeDays: z.number().int().optional(),
  /** Of one unit; absent where the ERP has none or zero. */
  weight: z.object({ value: decimal, unit: z.enum(['g', 'kg', 'oz', 'lb']) }).optional(),
  dimensions: z
    .object({ length: decimal, width: decimal, height: decimal, unit: z.enum(['mm', 'cm', 'in']) })
    .optional(),
  customs: z.object({
    /** HS code as the ERP has it. */
    tariff: z.string().optional(),
    /** Country of origin, two letters. */
    origin: z.string().optional(),
    description: z.string().optional(),
    /** Value of one unit, in `currency`. */
    value: decimal.optional(),
    currency: z.string().optional(),
  }),
  /** Of a kit: what one of it consists of. Quantities in the components' own units. */
  components: z.array(
    z.object({
      id: z.string(),
      item: z.string().optional(),
      barcode: z.string().optional(),
      name: z.string(),
      quantity: decimal,
      unit: z.string().optional(),
    }),
  ),
})
export type Product = z.infer<typeof product>
