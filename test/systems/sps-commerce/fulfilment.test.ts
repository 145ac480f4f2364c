import { fixture, parsed } from './support.ts'

const model = (change: (order: ReturnType<typeof fixture>) => void, file = 'order-850.json'): string => {
  const order = fixture(file)
  delete order.Meta
  change(order)
  return parsed('purchase-order', order).document.fulfilment
}
const split = (...stores: string[]) => [
  { TotalQtyUOM: 'EA', LocationQuantity: stores.map((Location) => ({ Location, Qty: 1 })) },
]

describe('the fulfilment model is decided by the content', () => {
  it('one ship-to: bulk', () => {
    expect(model(() => {})).toBe('bulk')
  })
  it('stores in the lines, no ship-to: multi-store', () => {
    expect(model(() => {}, 'order-850-multistore.json')).toBe('multi-store')
  })
  it('stores in the lines and a DC as ship-to: cross-dock, though the type code says stand-alone', () => {
    expect(
      model((o) => {
        o.LineItem[0].QuantitiesSchedulesLocations = split('0012', '0031')
      }),
    ).toBe('cross-dock')
  })
  it('a mark-for address beside the DC: cross-dock', () => {
    expect(model((o) => o.Header.Address.push({ AddressTypeCode: 'Z7', AddressLocationNumber: '0012' }))).toBe(
      'cross-dock',
    )
  })
  it('a split that names only the ship-to itself: bulk', () => {
    expect(
      model((o) => {
        for (const item of o.LineItem) item.QuantitiesSchedulesLocations = split('0417')
      }),
    ).toBe('bulk')
  })
  it("a consumer with the consumer's order number: drop-ship, whatever the type code", () => {
    expect(
      model((o) => {
        o.Header.OrderHeader.PrimaryPOTypeCode = 'SA'
      }, 'order-850-dropship.json'),
    ).toBe('drop-ship')
  })
  it('marked as drop ship: drop-ship, also as text', () => {
    expect(
      model((o) => {
        o.Meta = { IsDropShip: 'true' }
      }),
    ).toBe('drop-ship')
  })
  it('a customer order number of a store order is no drop ship', () => {
    expect(
      model((o) => {
        o.Header.OrderHeader.CustomerOrderNumber = 'C-1'
      }),
    ).toBe('bulk')
  })
})
