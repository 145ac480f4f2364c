import { type Compensation, recordName, type WriteToUndo } from '../../core/undo.ts'

const byHand: Readonly<Record<string, (name: string) => string>> = {
  'send-purchase-order': (name) => `Cancel order ${name} in the ERP: its cancellation goes to the supplier by itself.`,
  'send-purchase-order-change': (name) => `Change order ${name} back in the ERP: that goes to the supplier by itself.`,
  'send-acknowledgement': (name) => `Tell the retailer that the acknowledgement of ${name} does not hold.`,
  'send-ship-notice': (name) => `Tell the retailer that ship notice ${name} does not hold.`,
  'send-invoice': (name) => `Make a credit memo for invoice ${name} in the ERP: it goes to the retailer by itself.`,
  'send-inventory': () => 'The next stock report takes its place.',
}

/** Nothing that a trading partner was sent can be called back: the ERP has the last word, and its next document says it. */
export function undo(done: WriteToUndo): Compensation {
  const name = recordName(done)
  return { byHand: byHand[done.write.operation]?.(name) ?? `Tell the trading partner that ${name} does not hold.` }
}
