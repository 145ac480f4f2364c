import type { DeliveredWrite } from '../../core/flow.ts'
import { type Compensation, recordName, type WriteToUndo } from '../../core/undo.ts'
import type { ReceivingOrderCancelRecord, ReceivingOrderResult } from './records.ts'

/** What undoes a write at ShipBob: a receiving order is cancelled; goods and products stay what they are. */
export function undo(done: WriteToUndo): Compensation {
  const { write } = done
  const name = recordName(done)
  switch (write.operation) {
    case 'create-receiving-order':
      return takenOver(done)
        ? {
            byHand: `Receiving order ${name} was there before the document came: cancel it in ShipBob if nobody needs it.`,
          }
        : cancelled(done)
    case 'change-receiving-order':
      return { byHand: `Undo the document that made receiving order ${name}, or change it in ShipBob.` }
    case 'cancel-receiving-order':
      return { byHand: 'Save the purchase order in Odoo once more: a new receiving order is made of it.' }
    case 'mark-received':
      return { byHand: `ShipBob cannot take back that receiving order ${name} was booked; nothing follows from it.` }
    case 'upsert-product':
      return { byHand: `Correct the product ${name} in Odoo, which sends it again, or archive it in ShipBob.` }
    default:
      return { byHand: `Take ${write.operation} of ${name} back in ShipBob.` }
  }
}

/** What the first attempt found was somebody's; what a later one found may be ours. */
const takenOver = ({ target, begun }: WriteToUndo): boolean => target?.adopted === true && begun <= 1

function cancelled({ write, target, later }: WriteToUndo): Compensation {
  const purchaseOrder = String(write.record.purchaseOrder ?? '')
  const known = [...new Set([target, ...later].flatMap(idsOf))]
  const record: ReceivingOrderCancelRecord = { purchaseOrder, known }
  return {
    operation: 'cancel-receiving-order',
    record: { ...record },
    does: `cancels receiving order ${known.join(', ') || `of purchase order ${purchaseOrder}`}, as long as it has not been received`,
    absent: [],
  }
}

function idsOf(target: DeliveredWrite | undefined): number[] {
  const { id, others = [] } = (target?.result ?? {}) as Partial<ReceivingOrderResult>
  return id === undefined ? [] : [id, ...others]
}
