import * as z from 'zod'

/** The part of a connection's settings that says how often ShipBob is asked; every default is here (shipbob.md §9). */
export const pollingSettings = {
  /** Where reading begins: what was shipped, received, returned or billed since then. Absent: with the first poll. */
  initialDate: z.iso.datetime({ offset: true }).optional(),
  /** Polls only mend what webhooks missed; where there are no webhooks they are how soon anything is known. */
  shipmentPollMinutes: z.number().min(0).max(1440).default(15),
  receivingPollMinutes: z.number().min(0).max(1440).default(15),
  returnPollMinutes: z.number().min(0).max(1440).default(60),
  unidentifiedReceiptPollHours: z.number().min(0).max(168).default(6),
  billingPollHours: z.number().min(0).max(168).default(24),
  /** How often it is looked whether ShipBob still calls us: it switches an endpoint off after days of failures (§5). */
  subscriptionCheckHours: z.number().min(1).max(168).default(24),
}

export type PollingSettings = z.output<z.ZodObject<typeof pollingSettings>>
