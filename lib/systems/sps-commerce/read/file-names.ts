/** Of names that say nothing, and of what needs no order. */
export const lastRank = 5

/** What the first two letters of a file's name, or of the directory it is in, say (sps-commerce.md 3.2). */
const kinds: Readonly<Record<string, { type: string; rank: number }>> = {
  PO: { type: 'purchase-order', rank: 0 },
  PC: { type: 'purchase-order-change', rank: 1 },
  PR: { type: 'acknowledgement', rank: 2 },
  SH: { type: 'advance-ship-notice', rank: 3 },
  RE: { type: 'warehouse-receipt', rank: 4 },
  PD: { type: 'product-activity', rank: lastRank },
  IB: { type: 'inventory-advice', rank: lastRank },
  IA: { type: 'inventory-advice', rank: lastRank },
}
const others = new Set(['CA', 'IN', 'PS', 'OW', 'SW', 'AR', 'AW', 'SC', 'FA', 'AG'])

/**
 * The kind a path stands for; undefined where it says nothing. Only a help for the order of reading and for content
 * that does not say what it is: the content decides, never the name.
 */
export function fileKind(path: string): { type: string; rank: number } | undefined {
  const parts = path.split('/')
  for (const part of [parts.at(-1) ?? '', parts.at(-2) ?? '']) {
    const letters = part.slice(0, 2)
    const kind = kinds[letters]
    if (kind) return kind
    if (others.has(letters)) return { type: 'unknown', rank: lastRank }
  }
  return undefined
}
