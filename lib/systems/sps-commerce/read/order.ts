import type { SourceDocument } from '../../../core/exchange.ts'

const types = ['purchase-order', 'purchase-order-change', 'acknowledgement', 'advance-ship-notice', 'warehouse-receipt']
const rank = ({ type }: SourceDocument): number => (types.includes(type) ? types.indexOf(type) : types.length)

/**
 * The documents of a page in the order in which they are to be handled: orders before their changes, changes by
 * sequence and date (sps-commerce.md 7.2), answers before the goods, goods before their receipt, otherwise as they came.
 */
export const inOrder = (documents: SourceDocument[]): SourceDocument[] =>
  [...documents].sort((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? compare(a.version, b.version) : 0))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
