import * as z from 'zod'

/** A record as Example sends it: what is read of it is checked, what is new in it is let pass. */
export const exampleRecord = z.looseObject({
  id: z.string().min(1),
  sku: z.string().optional(),
  name: z.string(),
  active: z.boolean(),
  /** Sorts as text: two states of a record are ordered by it. */
  updated_at: z.string(),
})

/** What `create-record` writes. */
export interface ExampleRecord {
  [field: string]: string | number | boolean | null | undefined
}
