import * as z from 'zod'

/** Which figure of a report goes to which field of the ERP's item; no field: kept in the ledger only. */
export const reportSettings = (itemField: z.ZodString) => ({
  /** 852: the activity (QS sold, QA available ...). */
  productActivity: z.strictObject({ field: itemField.optional(), code: z.string().default('QS') }).prefault({}),
  /** 846: the quantity (33 free to sell, QOH on hand ...). */
  inventoryAdvice: z.strictObject({ field: itemField.optional(), qualifier: z.string().default('33') }).prefault({}),
})

export interface ReportSettings {
  productActivity: { field?: string | undefined; code: string }
  inventoryAdvice: { field?: string | undefined; qualifier: string }
}
