import type { SourceDocument } from '../../../core/exchange.ts'

const ranks: Readonly<Record<string, number>> = { 'purchase-order': 0, 'purchase-order-change': 1 }
const rank = (document: SourceDocument): number => ranks[document.type] ?? 2

/**
 * The documents of a page in the order in which they are to be handled: orders before their changes, changes by
 * sequence and date (sps-commerce.md 7.2), otherwise as they came.
 */
export const inOrder = (documents: SourceDocument[]): SourceDocument[] =>
  [...documents].sort((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? compare(a.version, b.version) : 0))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
