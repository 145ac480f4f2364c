import { compare, equal, subtract, toNumber } from '../../../core/decimal.ts'
import type { RsxOrderLineItem } from '../../../systems/sps-commerce/records.ts'
import { ownNumber } from '../erp/product.ts'
import type { OrderedLine } from './lines.ts'
import type { SentLine, SentOrder } from './snapshot.ts'

/** The lines of an 860 (sps-commerce.md 7.2): only what is different, with the code that says how. */
export function changedLineItems(before: SentOrder, after: readonly OrderedLine[]): RsxOrderLineItem[] {
  const gone = before.lines.filter((was) => !after.some(({ sent }) => sent.number === was.number))
  return [
    ...after.flatMap(({ sent, item }) => {
      const was = before.lines.find((l) => l.number === sent.number)
      const code = was ? changeCode(was, sent) : 'AI'
      if (code === undefined) return []
      const previous = was && !equal(was.quantity, sent.quantity) ? quantities(was, sent) : {}
      return [{ ...item, OrderLine: { ...item.OrderLine, LineChangeCode: code, ...previous } }]
    }),
    ...gone.map(
      (was): RsxOrderLineItem => ({
        OrderLine: {
          LineSequenceNumber: was.number,
          ...(was.item === undefined ? {} : { BuyerPartNumber: ownNumber(was.item) }),
          LineChangeCode: 'DI',
          OrderQty: 0,
          OrderQtyUOM: was.unit,
          PreviousOrderQty: toNumber(was.quantity),
        },
      }),
    ),
  ]
}

/** Undefined where the line is as it was; CA where more than price and quantity changed at once. */
function changeCode(was: SentLine, now: SentLine): string | undefined {
  const more = compare(now.quantity, was.quantity)
  const changes = [
    ...(more === 0 ? [] : [more > 0 ? 'QI' : 'QD']),
    ...(equal(was.price, now.price) ? [] : ['PC']),
    ...(was.date === now.date ? [] : ['CT']),
    ...(was.unit === now.unit && was.item === now.item ? [] : ['CA']),
  ]
  if (changes.length === 2 && changes[1] === 'PC') return 'PQ'
  return changes.length > 1 ? 'CA' : changes[0]
}

const quantities = (was: SentLine, now: SentLine) => ({
  PreviousOrderQty: toNumber(was.quantity),
  VarianceQty: toNumber(subtract(now.quantity, was.quantity)),
})
