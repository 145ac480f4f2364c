import * as z from 'zod'

/** The part of a connection's settings that says how it is read; every default is here (odoo.md §4, §11). */
export const pollingSettings = {
  /** Rows of one search. 500 to 2,000 is where more brings nothing (odoo.md §11). */
  pageSize: z.number().int().min(10).max(2000).default(500),
  /** Documents read in full before the cursor is stored. */
  documentsPerPage: z.number().int().min(1).max(500).default(50),
  /** Read again at each poll: longer than the longest transaction, since a row shows when it was begun (odoo.md §4.3). */
  overlapMinutes: z.number().min(1).max(1440).default(10),
  /** Rows younger than this wait for the next poll. */
  lagSeconds: z.number().int().min(1).max(600).default(5),
  /** Once a day so many days are read again, for what was committed later than the overlap covers. 0 = never. */
  sweepDays: z.number().int().min(0).max(60).default(2),
  /** The first load: documents changed since then are read behind the live ones. Absent: it starts with the first poll. */
  initialDate: z.iso.datetime({ offset: true }).optional(),
  /** A backfill gives so many documents to each poll at most, so that new ones never queue behind it. */
  backfillDocumentsPerPoll: z.number().int().min(1).max(5000).default(200),
  /** How often ids are compared to find what was deleted. */
  deletionSweepHours: z.number().min(1).max(720).default(6),
  /** Records made longer ago are not watched for deletion. */
  deletionHorizonDays: z.number().int().min(1).max(3650).default(180),
  /** More than this at once is taken for a lost right, not for deletions: nothing is passed on before a person says so. */
  deletionStopCount: z.number().int().min(0).default(50),
  deletionStopPercent: z.number().min(0).max(100).default(10),
  /** How often stock is reported. */
  stockReportHours: z.number().min(0.05).max(720).default(24),
}

export type PollingSettings = z.output<z.ZodObject<typeof pollingSettings>>
