import type { Findings } from '../../core/findings.ts'
import type { Tables } from '../../core/tables.ts'
import type { ShipNotice } from '../../documents/ship-notice.ts'
import type { RsxCarrier } from '../../systems/sps-commerce/records.ts'
import { carrierOfShipVia } from '../resolve/carrier.ts'
import type { Partner } from '../resolve/partner.ts'

export interface Carriage {
  section?: RsxCarrier
  /** One number for the whole load. */
  pro?: string
  /** True where a tracking number belongs to its carton. */
  perCarton: boolean
  /** Tracking numbers of which nobody says what carton they are on. */
  unassigned: readonly string[]
}

/** Carrier and where its numbers go (acumatica.md §9 S7): parcel carriers number cartons, freight carriers loads. */
export function carriage(
  shipment: ShipNotice,
  partner: Partner,
  complete: boolean,
  { tables, find }: { tables: Tables; find: Findings },
): Carriage {
  const { shipVia, packages } = shipment
  const carrier = shipVia === undefined ? undefined : carrierOfShipVia(tables, partner.tradingPartner, shipVia)
  if (carrier)
    find.decide({
      field: 'CarrierInformation[0].CarrierAlphaCode',
      rule: 'S7.carrier',
      input: `ShipVia=${shipVia}`,
      value: carrier.scac,
      table: carrier.source,
    })
  else {
    const message =
      shipVia === undefined ? 'The shipment names no carrier.' : `Ship via ${shipVia} is not in the carriers table.`
    const row = shipVia === undefined ? undefined : { table: 'carriers', cells: { shipVia } }
    if (partner.carrierMissing === 'hold') find.hold('CARRIER_UNKNOWN', message, 'ShipVia', row)
    else find.warn('CARRIER_UNKNOWN', `${message} The notice goes without a carrier.`, 'ShipVia', row)
  }
  const ofPackages = new Set(packages.flatMap((p) => p.tracking ?? []))
  // Without packages, or where nobody says whose they are, the numbers are those of the whole shipment.
  const ofShipment = new Set((shipment.tracking ?? '').split(/[\s,;+]+/).filter((number) => number !== ''))
  const numbers = ofPackages.size > 0 ? ofPackages : ofShipment
  const wanted = partner.trackingAs === 'package' || (partner.trackingAs === 'auto' && carrier?.mode !== 'ltl')
  const perCarton = wanted && packages.length > 0
  const [pro] = numbers
  const unassigned = perCarton && ofPackages.size === 0 ? [...ofShipment] : []
  if (unassigned.length > 0)
    find.warn(
      'TRACKING_SEVERAL',
      `Which package has which of the tracking numbers ${unassigned.join(', ')} is not recorded; they are told of the whole shipment.`,
      'Packages',
    )
  if (!perCarton && numbers.size > 1)
    find.warn(
      'TRACKING_SEVERAL',
      `The load should have one PRO number; there are ${numbers.size}: ${[...numbers].join(', ')}. The first one is sent.`,
      'Packages',
    )
  const section: RsxCarrier | undefined = carrier && {
    StatusCode: complete ? 'CL' : 'PR',
    CarrierTransMethodCode: carrier.method,
    CarrierAlphaCode: carrier.scac,
    CarrierRouting: carrier.routing,
  }
  return {
    ...(section ? { section } : {}),
    ...(!perCarton && pro !== undefined ? { pro } : {}),
    perCarton,
    unassigned,
  }
}
