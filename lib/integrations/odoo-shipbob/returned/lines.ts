import { isZero } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { MapContext } from '../../../core/flow.ts'
import type { CustomerReturn } from '../../../documents/customer-return.ts'
import type { ReturnRecord } from '../../../systems/odoo/records.ts'
import type { Centre } from '../centres.ts'
import { productOf } from '../products.ts'

type Line = CustomerReturn['lines'][number]
type Outcome = Line['outcomes'][number]

const actions = { restock: 'restock', quarantine: 'quarantine', dispose: 'scrap' } as const

/**
 * What was done with the goods, by product, lot and action: only that counts, not what was expected or asked for. Bundles
 * come back as their components, by which Odoo's deliveries move them as well.
 */
export const returnedLines = (
  { lines }: CustomerReturn,
  centre: Centre | undefined,
  context: Pick<MapContext, 'tables' | 'history'>,
  find: Findings,
): ReturnRecord['lines'] =>
  lines.flatMap((line) => {
    const done = line.outcomes.flatMap((outcome, i) =>
      isZero(outcome.quantity) ? [] : [{ outcome, path: `${line.path}.action_taken[${i}]` }],
    )
    const product = done.length === 0 ? undefined : productOf(line, context, find, line.path)
    return done.flatMap(({ outcome, path }) => {
      const place = placeOf(line, outcome, centre, find, path)
      if (!product || !place) return []
      const { lot, expires } = line
      return [
        {
          product,
          quantity: outcome.quantity,
          ...place,
          ...(lot === undefined ? {} : { lot }),
          ...(expires === undefined ? {} : { expires }),
          ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
          path,
        },
      ]
    })
  })

/** What was done in Odoo's terms, and where the goods are now; held where nobody knows. */
function placeOf(
  line: Line,
  { action, word, quantity }: Outcome,
  centre: Centre | undefined,
  find: Findings,
  path: string,
): Pick<ReturnRecord['lines'][number], 'action' | 'destination'> | undefined {
  const what = `${quantity} of ${line.item ?? line.name ?? `inventory ${line.inventory}`}`
  if (action === 'other')
    return find.hold('RETURN_ACTION_UNKNOWN', `ShipBob did "${word}" with ${what}, which means nothing here.`, path)
  if (!centre) return undefined
  const { stock, quarantine, scrap } = centre
  if (action === 'quarantine' && quarantine === undefined)
    return find.hold(
      'QUARANTINE_UNKNOWN',
      `${what} were put in quarantine, and centre ${centre.id} has no quarantine location in the centres table.`,
      path,
    )
  const destination = { restock: stock, quarantine, dispose: scrap }[action]
  return { action: actions[action], ...(destination === undefined ? {} : { destination }) }
}
