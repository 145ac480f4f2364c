import type { View } from './view.ts'

/**
 * How the goods reach the store, by the content (sps-commerce.md 7.1): public cross-dock and drop-ship samples carry
 * the type code of a stand-alone order, so a code alone decides nothing that the content contradicts.
 */
export function fulfilmentOf(document: View): 'bulk' | 'cross-dock' | 'multi-store' | 'drop-ship' {
  const meta = document.one('Meta')
  const header = document.one('Header')
  const order = header.one('OrderHeader')
  const model = meta.text('OrderManagement')
  if (meta.text('IsDropShip') === 'true' || model === 'DropShip') return 'drop-ship'

  const lines = document.many('LineItem')
  const shipTo = header.many('Address').find((a) => a.text('AddressTypeCode') === 'ST')
  const place = shipTo?.text('AddressLocationNumber')
  const stores = lines.flatMap(splitLocations)
  // A split that names only the ship-to itself splits nothing.
  const split = stores.some((store) => store !== place)
  if (split && !shipTo) return 'multi-store'
  const marked = [header, ...lines].some((s) => s.many('Address').some((a) => a.text('AddressTypeCode') === 'Z7'))
  if (shipTo && (split || marked)) return 'cross-dock'

  const consumer = shipTo !== undefined && place === undefined
  if (order.text('PrimaryPOTypeCode') === 'DS' || (consumer && order.has('CustomerOrderNumber'))) return 'drop-ship'
  if (shipTo && model === 'CrossDock') return 'cross-dock'
  if (!shipTo && model === 'MultiStore') return 'multi-store'
  return 'bulk'
}

const splitLocations = (line: View): string[] =>
  line.many('QuantitiesSchedulesLocations').flatMap((q) =>
    q.many('LocationQuantity').flatMap((l) => {
      const location = l.text('Location')
      return location === undefined ? [] : [location]
    }),
  )
