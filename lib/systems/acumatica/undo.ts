import { type Compensation, recordName, type WriteToUndo } from '../../core/undo.ts'

/** What undoes a write at Acumatica (acumatica.md §4): an order is cancelled, whatever changed it since. */
export function undo(done: WriteToUndo): Compensation {
  const { write } = done
  const name = recordName(done)
  switch (write.operation) {
    case 'create-order':
    case 'replace-order':
      return {
        operation: 'cancel-order',
        // Where to look for it; the reference finds it.
        record: write.record.OrderType === undefined ? {} : { OrderType: write.record.OrderType },
        does: `cancels order ${name}, as long as nothing of it is on a shipment`,
        absent: ['ACUMATICA_ORDER_NOT_FOUND'],
      }
    case 'change-order':
      return { byHand: `Change order ${name} back in Acumatica; trace shows what was sent.` }
    case 'cancel-order':
      return { byHand: `Reopen order ${name} in Acumatica (Actions, Reopen Order), or enter it anew.` }
    case 'update-item':
      return { byHand: `Set the field of item ${name} back in Acumatica; the next report sets it again.` }
    default:
      return { byHand: `Take ${write.operation} of ${name} back in Acumatica.` }
  }
}
