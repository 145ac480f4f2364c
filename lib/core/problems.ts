import * as z from 'zod'

/**
 * One thing that is wrong with a document, in business words. A document's problems are named all at once.
 * `code` is a key of the catalogue in problem-codes.ts, which holds the remedy and the runbook anchor.
 */
export const problem = z.object({
  code: z.string(),
  message: z.string(),
  /** Where: a path in the source document ("LineItem[2].OrderLine.OrderQtyUOM") or in the configuration. */
  path: z.string().optional(),
  /** Where a row of a cross-reference table is missing: the table, and what the document tells of the row. */
  row: z.object({ table: z.string(), cells: z.record(z.string(), z.string()) }).optional(),
})
export type Problem = z.infer<typeof problem>

/** Why an output field has the value it has: the audit trail's answer to "who decided that?". */
export const decision = z.object({
  /** The output field, as a path in the record written ("Details[0].InventoryID"). */
  field: z.string(),
  /** The rule's id as the integration's documentation lists it ("I1", "O3", "850.item"). */
  rule: z.string(),
  /** What the rule looked at ("LineItem[0].OrderLine.BuyerPartNumber=771204"). */
  input: z.string().optional(),
  value: z.string().optional(),
  /** Set where a cross-reference table decided: its name, the row's key and the table's version. */
  table: z.object({ name: z.string(), row: z.string(), version: z.string() }).optional(),
})
export type Decision = z.infer<typeof decision>
