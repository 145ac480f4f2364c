import * as z from 'zod'
import { ConfigurationError } from '../../core/failures.ts'

const name = z.string().min(1)

const products = z
  .strictObject({
    /** Which products ShipBob gets: everything Odoo counts the stock of (and kits), or only those of `categories`. */
    which: z.enum(['stocked', 'categories']).default('stocked'),
    /** Product categories by their complete name ("All / Saleable"); what is below one belongs to it. */
    categories: z.array(name).default([]),
    /** tracked: goods with lots in Odoo get lots at ShipBob, which wants number and date of each. never: as set at ShipBob. */
    lots: z.enum(['tracked', 'never']).default('tracked'),
    /** Ids of ShipBob's packaging for new products (shipbob/statuses.json): no requirements, box. */
    packaging: z
      .strictObject({
        requirementId: z.number().int().positive().default(1),
        materialTypeId: z.number().int().positive().default(1),
      })
      .prefault({}),
  })
  .refine(({ which, categories }) => which !== 'categories' || categories.length > 0, {
    error: 'name at least one category, or set which to "stocked"',
    path: ['categories'],
  })

const receivingOrders = z.strictObject({
  packageType: z.enum(['Package', 'Pallet', 'FloorLoadedContainer']).default('Package'),
  /** How goods are packed where nobody announced boxes; announced ones say it themselves. */
  boxPackaging: z.enum(['EverythingInOneBox', 'OneSkuPerBox', 'MultipleSkuPerBox']).default('EverythingInOneBox'),
  /** Whole days from the order's capture to its expected arrival where Odoo has no date. */
  arrivalDays: z.number().int().min(1).max(365).default(7),
  /** Whole days after the expected arrival by which something must be stowed, or somebody is told. Absent = not watched. */
  overdueDays: z.number().int().min(0).max(90).optional(),
})

const deliveries = z.strictObject({
  /** shipped: a delivery is booked as soon as ShipBob has labelled or handed over the goods. never: it is annotated only. */
  book: z.enum(['shipped', 'never']).default('shipped'),
  /** Ids of the sales channels whose shipments are taken; none = those of every channel that the connection takes. */
  channels: z.array(name).default([]),
  /** A shipment whose order Odoo does not know (sold on a channel that Odoo does not see): a person decides, or a delivery is made. */
  unknownOrder: z.enum(['hold', 'book']).default('hold'),
  /** Of such a delivery: the contact, by reference or database id. */
  unknownOrderPartner: name.optional(),
})

const receipts = z.strictObject({
  /** What becomes of goods that did not come, once ShipBob is done: still expected, or called off. */
  shortage: z.enum(['keep', 'cancel']).default('keep'),
})

const returns = z.strictObject({
  /**
   * completed: a return is booked once ShipBob is done with it. progressive: whatever is done so far is booked, and what
   * follows as its difference.
   */
  book: z.enum(['completed', 'progressive']).default('completed'),
})

const bills = z.strictObject({
  /** ShipBob as a vendor in Odoo, by reference or database id. */
  vendor: name.default('SHIPBOB'),
  /** Code of the purchase journal; Odoo's own choice where absent. */
  journal: name.optional(),
  /** True: bills are posted; else they stay drafts for somebody to look at. */
  post: z.boolean().default(false),
})

const schema = z.strictObject({
  products: products.prefault({}),
  receivingOrders: receivingOrders.prefault({}),
  deliveries: deliveries
    .refine(({ unknownOrder, unknownOrderPartner }) => unknownOrder === 'hold' || unknownOrderPartner !== undefined, {
      error: 'name the contact that such deliveries are made to, or set unknownOrder to "hold"',
      path: ['unknownOrderPartner'],
    })
    .prefault({}),
  receipts: receipts.prefault({}),
  returns: returns.prefault({}),
  bills: bills.prefault({}),
})

/** Settings of one instance of this integration; every default is here. Places and fees are in the tables. */
export type Settings = z.output<typeof schema>

/** Validates the settings; throws ConfigurationError with every problem and its path. */
export function parseSettings(raw: unknown, path: string): Settings {
  const parsed = schema.safeParse(raw ?? {})
  if (parsed.success) return parsed.data
  throw new ConfigurationError(
    parsed.error.issues.map((issue) => ({
      code: 'CONFIGURATION',
      message: issue.message,
      path: [path, ...issue.path.map(String)].filter((p) => p !== '').join('.'),
    })),
  )
}
