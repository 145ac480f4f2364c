/** What the first two letters of a file's name, or of the directory it is in, say (sps-commerce.md 3.2). */
const kinds: Readonly<Record<string, { type: string; rank: number }>> = {
  PO: { type: 'purchase-order', rank: 0 },
  PC: { type: 'purchase-order-change', rank: 1 },
  PD: { type: 'product-activity', rank: 2 },
  IB: { type: 'inventory-advice', rank: 2 },
  IA: { type: 'inventory-advice', rank: 2 },
}
const others = new Set(['PR', 'CA', 'SH', 'IN', 'PS', 'OW', 'SW', 'AR', 'RE', 'AW', 'SC', 'FA', 'AG'])

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
    if (others.has(letters)) return { type: 'unknown', rank: 2 }
  }
  return undefined
}
