import type { FieldInfo } from '../../../lib/systems/odoo/rpc.ts'
import {
  confirmsAgreement,
  type FieldName,
  fieldNames,
  has,
  modelIn,
  modelNames,
  nameOn,
} from '../../../lib/systems/odoo/versions.ts'
import { begin, closeAll } from './client-support.ts'

afterEach(closeAll)

/** What each thing is called, as the fact sheet lists it (odoo.md §12). */
const called: [thing: FieldName, model: string, on18: string, on19: string][] = [
  ['lineUnit', 'purchase.order.line', 'product_uom', 'product_uom_id'],
  ['lineUnit', 'sale.order.line', 'product_uom', 'product_uom_id'],
  ['purchaseNote', 'purchase.order', 'notes', 'note'],
  ['transferMoves', 'stock.picking', 'move_ids', 'move_ids'],
  ['moveDone', 'stock.move', 'quantity', 'quantity'],
  ['lineDone', 'stock.move.line', 'quantity', 'quantity'],
  ['priceVendor', 'product.supplierinfo', 'partner_id', 'partner_id'],
  ['agreementOrigin', 'purchase.requisition', 'reference', 'reference'],
]

describe.each([18, 19] as const)('on Odoo %s', (version) => {
  test('names are those that the database has', async () => {
    const { client } = await begin(version, version === 19 ? 'json-2' : 'json-rpc')
    const odoo = await client.open()
    for (const [thing, model, on18, on19] of called)
      expect([thing, model, nameOn(await odoo.fields(model), thing)]).toEqual([
        thing,
        model,
        version === 19 ? on19 : on18,
      ])
    expect(await modelIn(odoo, 'package')).toBe(version === 19 ? 'stock.package' : 'stock.quant.package')
    expect(await modelIn(odoo, 'lot')).toBe('stock.lot')
    expect(confirmsAgreement(await odoo.fields('purchase.requisition'))).toBe('action_confirm')
  })
})

const fields = (...names: string[]): Record<string, FieldInfo> =>
  Object.fromEntries(names.map((name) => [name, { type: 'char' }]))

test('older databases get the older names, and one without the thing gets none', () => {
  expect(nameOn(fields('qty_done'), 'lineDone')).toBe('qty_done')
  expect(nameOn(fields('quantity_done'), 'moveDone')).toBe('quantity_done')
  expect(nameOn(fields('name'), 'priceVendor')).toBe('name')
  expect(nameOn(fields('move_lines'), 'transferMoves')).toBe('move_lines')
  expect(nameOn(fields(), 'lotExpiry')).toBeUndefined()
  expect(nameOn(undefined, 'lineUnit')).toBeUndefined()
  expect(confirmsAgreement(fields('type_id'))).toBe('action_in_progress')
})

test('what cannot be asked for goes by the version', () => {
  expect([18, 19].map((version) => has(version, 'json2'))).toEqual([false, true])
  expect([17, 18].map((version) => has(version, 'hasAccess'))).toEqual([false, true])
})

test('every name stands once under its thing', () => {
  for (const names of [...Object.values(fieldNames), ...Object.values(modelNames)])
    expect(new Set(names).size).toBe(names.length)
})
