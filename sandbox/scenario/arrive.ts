import type { SpsSandbox } from '../systems/sps-commerce/index.ts'
import { type Arrival, families } from './script.ts'
import { toXml } from './xml.ts'

export type ApiStyle = 'fulfillment' | 'transactions'

/**
 * A document arrives at the network. Delivered twice after a kill it is no new document: the file has the same name,
 * and the content is the same to the last byte.
 */
export function deliver(sps: Pick<SpsSandbox, 'deliver'>, arrival: Arrival, day: string, style: ApiStyle): void {
  const { root, element, kind, xml } = families[arrival.family]
  const document = arrival.build(day)
  if (style === 'fulfillment') sps.deliver(document, { kind })
  else if (xml) sps.deliver(toXml(root, element, document), { kind, path: `out/${arrival.name}.xml` })
  else sps.deliver(document, { kind, path: `out/${arrival.name}.json` })
}
