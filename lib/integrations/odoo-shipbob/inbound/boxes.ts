import { toNumber } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { MapContext } from '../../../core/flow.ts'
import type { InboundOrder } from '../../../documents/inbound-order.ts'
import type { ReceivingOrderRecord } from '../../../systems/shipbob/records.ts'
import { isWhole } from '../product/kit.ts'
import type { Settings } from '../settings.ts'
import { type Expected, variantOf } from './lines.ts'

type Boxes = ReceivingOrderRecord['boxes']
type Packed = Pick<ReceivingOrderRecord, 'boxes' | 'boxPackaging'>

/**
 * How the goods come: in the cartons that were announced, and what is in none of them in one more; where nobody announced
 * any, in one box, or in one for each product where the settings say so. Announced goods count as announced.
 */
export function packed(
  order: InboundOrder,
  expected: readonly Expected[],
  context: Pick<MapContext<Settings>, 'tables' | 'history' | 'settings'>,
  find: Findings,
): Packed {
  const { boxPackaging } = context.settings.receivingOrders
  const announced = announcedBoxes(order, expected, context, find)
  if (announced.length === 0)
    return {
      boxPackaging,
      boxes:
        boxPackaging === 'OneSkuPerBox'
          ? expected.map((goods) => ({ items: [itemOf(goods, goods.quantity)] }))
          : [{ items: expected.map((goods) => itemOf(goods, goods.quantity)) }],
    }
  const inBoxes = new Map<string, number>()
  for (const { items } of announced)
    for (const { id, item } of items) inBoxes.set(id, (inBoxes.get(id) ?? 0) + item.quantity)
  for (const { productId, quantity, name, path } of expected)
    if ((inBoxes.get(productId) ?? 0) > quantity)
      find.warn(
        'INBOUND_BOXES_EXCEED',
        `${inBoxes.get(productId)} of ${name} are announced, ${quantity} expected.`,
        path,
      )
  const rest = expected.flatMap((goods) => {
    const left = goods.quantity - (inBoxes.get(goods.productId) ?? 0)
    return left > 0 ? [itemOf(goods, left)] : []
  })
  const boxes: Boxes = [
    ...announced.map(({ tracking, items }) => ({
      ...(tracking === undefined ? {} : { tracking }),
      items: items.map(({ item }) => item),
    })),
    ...(rest.length > 0 ? [{ items: rest }] : []),
  ]
  return { boxes, boxPackaging: packagingOf(boxes) }
}

function announcedBoxes(
  order: InboundOrder,
  expected: readonly Expected[],
  context: Pick<MapContext, 'tables' | 'history'>,
  find: Findings,
) {
  const boxes = order.boxes.map(({ tracking, lines }, box) => ({
    tracking,
    items: lines.flatMap(({ productId, item, quantity, lot, expires }, index) => {
      const path = `boxes[${box}].lines[${index}]`
      const goods = expected.find((one) => one.productId === productId)
      const name = goods?.name ?? item ?? productId
      if (!isWhole(quantity)) {
        find.hold('INBOUND_QUANTITY_NOT_WHOLE', `A box with ${quantity} of ${name} is announced.`, path)
        return []
      }
      const product = goods?.product ?? variantOf({ id: productId, item, name }, context, find, path)
      const inBox = { product, quantity: toNumber(quantity), lot, lotDate: expires, name, path }
      return [{ id: productId, item: inBox }]
    }),
  }))
  return boxes.filter(({ items }) => items.length > 0)
}

const itemOf = ({ product, name, path }: Expected, quantity: number): Boxes[number]['items'][number] => ({
  product,
  quantity,
  name,
  path,
})

function packagingOf(boxes: Boxes): ReceivingOrderRecord['boxPackaging'] {
  if (boxes.length === 1) return 'EverythingInOneBox'
  const single = ({ items }: Boxes[number]) => new Set(items.map(({ product }) => JSON.stringify(product))).size === 1
  return boxes.every(single) ? 'OneSkuPerBox' : 'MultipleSkuPerBox'
}
