import { order, orderHeader, orderHeaderSections, orderLine, orderLineItem } from './orders.ts'
import { codeBut, type Field, many, type Sections, theOne } from './structure.ts'

/*
 * What an order (850) and an order change (860) of ours may hold: the shape they share with the acknowledgement, less
 * what belongs to the answer or to the other one (sps-commerce.md 7.1, 7.2).
 */

const ofAnswer = [
  ...['AcknowledgementNumber', 'AcknowledgementType', 'AcknowledgementDate', 'AcknowledgementTime'],
  ...['InternalOrderNumber', 'InternalOrderDate'],
]
const ofChange = ['ChangeOrderSeqNumber', 'POChangeDate']
const ofChangedLine = ['LineChangeCode', 'PreviousOrderQty', 'VarianceQty']

/** The structure without some of its fields, in the same order. */
const without = (structure: Sections, names: readonly string[]): Sections =>
  Object.fromEntries(Object.entries(structure).filter(([name]) => !names.includes(name)))

function ordered(header: Sections, line: Sections, purpose: Field): Sections {
  const sections = { ...orderHeaderSections, OrderHeader: theOne(() => ({ ...header, TsetPurposeCode: purpose })) }
  const item = { ...without(orderLineItem, ['LineItemAcknowledgement']), OrderLine: theOne(() => line) }
  return { ...order, Header: theOne(() => sections), LineItem: many(() => item) }
}

/** Order (850): any purpose but 04. */
export const sentOrder: Sections = ordered(
  without(orderHeader, [...ofAnswer, ...ofChange]),
  without(orderLine, ofChangedLine),
  codeBut('TsetPurposeCode', '04'),
)

/** Order change (860): any purpose but 00; OrderQty is the new quantity. */
export const sentOrderChange: Sections = ordered(
  without(orderHeader, [...ofAnswer, 'DepositorOrderNumber', 'PurchaseOrderTime']),
  orderLine,
  codeBut('TsetPurposeCode', '00'),
)
