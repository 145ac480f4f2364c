import type { Decimal } from '../../lib/core/decimal.ts'

/** What one line comes to. Amounts in the document's currency, quantities in the line's own unit. */
export interface LineFigure {
  /** What the line is called on both sides; its position where they call it differently. */
  line: string
  quantity?: Decimal | undefined
  /** The same quantity in single pieces, where the document says how many are in a pack. */
  pieces?: Decimal | undefined
  /** Before tax; absent where no price is told. */
  amount?: Decimal | undefined
}

/** What a document comes to on one side: money, goods, or both. */
export interface Figures {
  currency?: string | undefined
  lines: LineFigure[]
  /** The document's own total, where it states one that both sides must share; else the lines' sum counts. */
  amount?: Decimal | undefined
  /** True where the document tells of some lines only: other lines on the other side are no difference. */
  partial: boolean
}
