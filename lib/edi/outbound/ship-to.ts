import type { Findings } from '../../core/findings.ts'
import type { Tables } from '../../core/tables.ts'
import type { ErpLocation } from '../../documents/erp-order.ts'
import type { Party } from '../../documents/parts.ts'
import type { RsxAddress } from '../../systems/sps-commerce/records.ts'
import { resolveCode } from '../resolve/code.ts'
import { placeByLocation } from '../resolve/location.ts'
import type { EdiOrder } from './edi-order.ts'
import { toRsxAddress } from './order-sections.ts'

interface ShipToSources {
  tables: Tables
  tradingPartner: string
  customer: string | undefined
  /** LocationID of the ERP document. */
  location: string | undefined
  /** The address on the ERP document. */
  address: Party | undefined
  locations: readonly ErpLocation[]
  orders: readonly EdiOrder[]
  find: Findings
}

/**
 * The ship-to of an answer (acumatica.md §9 S8): the address of the ERP document with the number of the 850 where the
 * ledger has it, else the location's reference, else the table's.
 */
export function shipToAddress(sources: ShipToSources): RsxAddress | undefined {
  const { address, orders, location, locations, customer, tables, tradingPartner, find } = sources
  const ordered = orders.map((o) => o.snapshot?.parties.find((p) => p.role === 'ST')).find((p) => p !== undefined)
  const store = orders.map((o) => o.store).find((s) => s !== undefined)
  const known = locations.find((l) => l.location === location && (customer === undefined || l.customer === customer))
  const place =
    location === undefined
      ? undefined
      : placeByLocation(tables, { kind: 'ship-to', tradingPartner, customer }, location)
  // An ERP with one number for a place knows the retailer's only where no table says another.
  const external = known?.externalRef === location && place ? undefined : known?.externalRef
  const code = ordered?.code ?? store ?? external ?? place?.code
  if (code !== undefined)
    find.decide({
      field: 'Header.Address[ST].AddressLocationNumber',
      rule: 'S8',
      input:
        store || ordered?.code
          ? 'the 850'
          : external
            ? `CustomerLocation ${location} ExtRefNbr`
            : `LocationID ${location}`,
      value: code,
      ...(!store && !ordered?.code && !external && place ? { table: place.source } : {}),
    })
  const shown = address ?? known?.address
  if (!shown) return ordered ? toRsxAddress(ordered) : undefined
  return toRsxAddress({
    ...shown,
    role: 'ST',
    ...(code === undefined ? {} : { code, codeQualifier: ordered?.codeQualifier ?? '92' }),
    name: shown.name ?? ordered?.name,
    ...(shown.country === undefined ? {} : { country: countryOut(shown.country, sources) }),
  })
}

/** Acumatica keeps two letters, RSX samples show three; a country without a row goes out as it is. */
export function countryOut(
  code: string,
  { tables, tradingPartner }: Pick<ShipToSources, 'tables' | 'tradingPartner'>,
): string {
  return resolveCode(tables, 'countryOut', tradingPartner, code)?.value ?? code
}
