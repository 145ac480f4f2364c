import type { Acknowledgement } from '../../../documents/acknowledgement.ts'
import type { LineAnswer } from './outcome.ts'

/** What an 855 says of the order as a whole (sps-commerce.md 7.3, code list AcknowledgementType). */
const heads: Readonly<Record<string, string>> = {
  AK: 'Accepted as ordered',
  AD: 'Accepted as ordered',
  AC: 'Accepted with changes',
  AE: 'Accepted but for the lines named',
  AH: 'Held, not yet decided',
  AP: 'Accepted for replenishment',
  RD: 'Rejected',
  RF: 'Rejected, exceptions named',
  RJ: 'Rejected',
  RO: 'Rejected with a counter-offer',
}

export const headOf = ({ acknowledgementType: type }: Acknowledgement): string => heads[type ?? ''] ?? type ?? 'no type'

/** Header codes that turn the whole order down. */
export const rejects = new Set(['RD', 'RF', 'RJ', 'RO'])

/** Header codes that take it as it is where no line is listed. */
const acceptsWhole = new Set(['AK', 'AD', 'AP'])

export interface Verdict {
  rejected?: 'order' | 'lines'
  rejectedLines: number
  asOrdered: boolean
  text: string
}

export function verdictOf({ acknowledgementType = '' }: Acknowledgement, lines: readonly LineAnswer[]): Verdict {
  const rejectedLines = lines.filter((l) => l.rejected).length
  const whole = rejects.has(acknowledgementType) || (lines.length > 0 && rejectedLines === lines.length)
  const undecided = acknowledgementType === 'AH'
  const asOrdered =
    !whole && !undecided && (lines.length > 0 ? lines.every((l) => l.asOrdered) : acceptsWhole.has(acknowledgementType))
  return {
    ...(whole ? { rejected: 'order' } : rejectedLines > 0 ? { rejected: 'lines' } : {}),
    rejectedLines,
    asOrdered,
    text: whole ? 'rejected' : undecided ? 'not decided' : asOrdered ? 'accepted as ordered' : 'accepted with changes',
  }
}
