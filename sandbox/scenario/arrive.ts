import type { SpsSandbox } from '../systems/sps-commerce/index.ts'
import { type Arrival, families } from './script.ts'
import { toXml } from './xml.ts'

export type ApiStyle = 'fulfillment' | 'transactions'

type Paper =
  | 'order'
  | 'order-change'
  | 'product-activity'
  | 'inventory'
  | 'acknowledgement'
  | 'ship-notice'
  | 'warehouse-receipt'

/** Root and element of a paper as XML; the others come as JSON in either style. */
const asXml: Readonly<Partial<Record<Paper, readonly [string, string]>>> = {
  order: ['Orders', 'Order'],
  'order-change': ['OrderChanges', 'OrderChange'],
}

/** Hands a document over under a name of its own, in the way of an API style. */
export function deliverAs(
  sps: Pick<SpsSandbox, 'deliver'>,
  { kind, name }: { kind: Paper; name: string },
  document: object,
  style: ApiStyle,
): void {
  const xml = asXml[kind]
  if (style === 'fulfillment') sps.deliver(document, { kind })
  else if (xml) sps.deliver(toXml(xml[0], xml[1], document), { kind, path: `out/${name}.xml` })
  else sps.deliver(document, { kind, path: `out/${name}.json` })
}

/**
 * A document arrives at the network. Delivered twice after a kill it is no new document: the file has the same name,
 * and the content is the same to the last byte.
 */
export const deliver = (sps: Pick<SpsSandbox, 'deliver'>, arrival: Arrival, day: string, style: ApiStyle): void =>
  deliverAs(sps, { kind: families[arrival.family].kind, name: arrival.name }, arrival.build(day), style)
