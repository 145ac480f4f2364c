import type { Json } from '../../../lib/core/exchange.ts'
import type { Problem } from '../../../lib/core/problems.ts'
import { parse } from '../../../lib/systems/shipbob/parse.ts'
import { fixture } from './server.ts'

/** The body of a recording under test/fixtures/shipbob/rest. */
export const body = (name: string) => fixture(`rest/${name}.json`).response.body

/** The canonical document of a bundle, which must have no problems. */
export function parsed<Document>(type: string, raw: Json): { document: Document; warnings: Problem[] } {
  const found = parse(type, raw)
  if ('problems' in found) throw new Error(JSON.stringify(found.problems))
  return { document: found.document as Document, warnings: found.warnings }
}

export function problemsOf(type: string, raw: Json): Problem[] {
  const found = parse(type, raw)
  return 'problems' in found ? found.problems : []
}

export const codes = (problems: readonly Problem[]): string[] => problems.map(({ code }) => code)

/** Every word of a vocabulary in the fact sheet's statuses.json. */
export const words = {
  shipment: [
    ...['None', 'Processing', 'Completed', 'Exception', 'OnHold', 'Cancelled', 'CleanSweeped', 'LabeledCreated'],
    'ImportReview',
  ],
  receiving: [
    ...['Awaiting', 'Processing', 'Completed', 'Cancelled', 'Incomplete', 'Arrived', 'PartiallyArrived'],
    ...['PartiallyArrivedAtHub', 'ArrivedAtHub', 'ProcessingAtHub', 'InternalTransfer'],
  ],
  return: ['AwaitingArrival', 'Awaiting Arrival', 'Arrived', 'Processing', 'Completed', 'Cancelled'],
  returnType: ['Regular', 'ReturnToSender', 'Return To Sender', 'RTS'],
  transaction: ['Charge', 'Refund', 'Credit', 'Payment', 'BalanceAdjustment'],
}
