import type { ItemNumbers } from '../../../documents/parts.ts'
import type { SentLine, SentOrder } from './snapshot.ts'

/** The line of ours that a supplier's line answers: by its number, or by our part number where exactly one line has it. */
export function sentLineOf(
  sent: SentOrder | undefined,
  { line, numbers }: { line?: string | undefined; numbers: ItemNumbers },
): SentLine | undefined {
  if (!sent) return undefined
  if (line !== undefined) return sent.lines.find((l) => sameNumber(l.number, line))
  const [only, ...others] = sent.lines.filter((l) => l.item !== undefined && l.item === numbers.buyerPart)
  return others.length === 0 ? only : undefined
}

/** Suppliers' systems pad line numbers with zeros. */
const sameNumber = (ours: string, theirs: string): boolean =>
  ours === theirs || (/^\d+$/.test(theirs) && ours === String(Number(theirs)))
