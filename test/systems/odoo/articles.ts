import type { SourceDocument } from '../../../lib/core/exchange.ts'
import type { Product } from '../../../lib/documents/product.ts'
import type { Bundle } from '../../../lib/systems/odoo/bundle.ts'
import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import { parsed } from './documents.ts'

/** Mugs and coffee; a pair of mugs, and a gift of coffee with such a pair. */
export function createArticles(odoo: SandboxOdoo) {
  const made = (name: string, code: string, more = {}): number =>
    odoo.create('product.product', { name, default_code: code, type: 'consu', is_storable: true, ...more })
  const templateOf = (id: number): number =>
    Number(odoo.records('product.product', [['id', '=', id]])[0]?.product_tmpl_id ?? 0)
  const kit = (name: string, code: string, ...lines: [product: number, quantity: number][]) => {
    const id = made(name, code, { is_storable: false })
    const bill = odoo.create('mrp.bom', {
      product_tmpl_id: templateOf(id),
      type: 'phantom',
      bom_line_ids: lines.map(([product_id, product_qty]) => [0, 0, { product_id, product_qty }]),
    })
    return { id, bill }
  }
  const mug = made('Mug', 'MUG')
  const coffee = made('Coffee', 'COF', { tracking: 'lot' })
  const pair = kit('Pair of Mugs', 'PAIR', [mug, 2])
  const gift = kit('Gift', 'GIFT', [coffee, 1], [pair.id, 1])
  return { mug, coffee, pair, gift, templateOf, made, kit }
}

export const productIn = (document: SourceDocument | undefined): Product =>
  parsed<Product>('product', document?.raw as Bundle)

/** What a kit was told to consist of. */
export const partsIn = (document: SourceDocument | undefined): { [item: string]: string } =>
  Object.fromEntries(productIn(document).components.map(({ item, quantity }) => [item, quantity]))
