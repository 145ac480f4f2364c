import type { SentLine, SentOrder } from './snapshot.ts'

/** What somebody tells of a line of our order. */
export interface ToldLine {
  line?: string | undefined
  /** Our item, as the numbers told of it say. */
  item?: string | undefined
}

/** The line that is meant; or the one that has the number and is of another item. Neither where none fits. */
export interface SentLineFound {
  line?: SentLine
  differs?: SentLine
}

/** The supplier's line of ours: it returns our line numbers, and where those name another item, the item must decide. */
export function answeredLine(sent: SentOrder | undefined, told: ToldLine): SentLineFound {
  if (!sent) return {}
  const { line, item } = told
  const only = onlyOf(sent, item)
  if (line === undefined) return only ? { line: only } : {}
  const numbered = sent.lines.find((l) => sameNumber(l.number, line))
  if (!numbered) return {}
  if (item === undefined || numbered.item === undefined || numbered.item === item) return { line: numbered }
  return { differs: numbered }
}

/** A warehouse's line of ours: it never saw our order and counts its own lines, so that only the item tells. */
export function receivedLine(sent: SentOrder | undefined, { line, item }: ToldLine): SentLineFound {
  const same = sent?.lines.filter((l) => item !== undefined && l.item === item) ?? []
  const numbered = line === undefined ? undefined : same.find((l) => sameNumber(l.number, line))
  const found = numbered ?? (same.length === 1 ? same[0] : undefined)
  return found ? { line: found } : {}
}

const onlyOf = ({ lines }: SentOrder, item: string | undefined): SentLine | undefined => {
  const [only, ...others] = lines.filter((l) => item !== undefined && l.item === item)
  return others.length === 0 ? only : undefined
}

/** Others pad line numbers with zeros. */
const sameNumber = (ours: string, theirs: string): boolean =>
  ours === theirs || (/^\d+$/.test(theirs) && ours === String(Number(theirs)))
