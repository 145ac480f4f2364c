import { createFindings } from '../../../lib/core/findings.ts'
import { inventoryNumber } from '../../../lib/integrations/odoo-shipbob/known-products.ts'
import { productOf } from '../../../lib/integrations/odoo-shipbob/products.ts'
import { coffee, createDesk, mug, shipbob, tablesOf } from './desk.ts'

/** What goods of ShipBob are in Odoo, after these products were sent. */
function look(goods: Parameters<typeof productOf>[0], ...sent: ReturnType<typeof coffee>[]) {
  const { run, history } = createDesk({ answer: shipbob() })
  for (const product of sent) run(product)
  const find = createFindings()
  const known = (number: string) => history.filter((h) => h.targetNumbers.includes(number))
  const product = productOf(goods, { tables: tablesOf(), history: known }, find, 'lines[0]')
  return { product, problems: find.problems }
}

describe('goods of ShipBob are the product of Odoo', () => {
  it('that was sent under the inventory id, whatever SKU the warehouse tells', () => {
    expect(look({ inventory: '21705365', item: 'OLD-SKU' }, coffee()).product).toEqual({ item: 'COF-LR-340' })
  })

  it('that the items table gives the SKU to', () => {
    expect(look({ inventory: '1', item: 'MUG-BLUE' }).product).toEqual({ item: 'MUG-BLU-01' })
  })

  it('with that SKU or barcode, where none was sent from here', () => {
    expect(look({ inventory: '1', item: 'TEE-ETE-M', barcodes: ['0850012345031'] }, coffee()).product).toEqual({
      item: 'TEE-ETE-M',
      barcodes: ['0850012345031'],
    })
  })

  it('as it was sent last', () => {
    expect(look({ inventory: '21705365' }, coffee(), coffee({ item: 'COF-1' })).product).toEqual({ item: 'COF-1' })
  })

  it('or none, which is held', () => {
    expect(look({ inventory: '1', name: 'Coffee' }, mug()).problems).toMatchObject([
      { code: 'PRODUCT_UNKNOWN', message: expect.stringMatching(/inventory id 1 \(Coffee\)/), path: 'lines[0]' },
    ])
  })

  it('and are asked for by their inventory id', () => {
    expect(inventoryNumber(21705365)).toBe('inventory:21705365')
  })
})
