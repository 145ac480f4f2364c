import { fail, type PingLine, pass } from '../../../core/ping.ts'
import type { OpenOdoo } from '../client.ts'
import { type FieldName, fieldNames } from '../versions.ts'
import type { Need } from './needs.ts'
import { nameIn } from './rights.ts'

const either = (thing: FieldName): string => fieldNames[thing].join('|')
const line = `product_id ${either('lineUnit')} price_unit write_date`

/**
 * Fields without which documents would be wrong, by model; alternatives of the versions with a bar (odoo.md §12). What
 * a document can do without is not among them.
 */
const needed: { readonly [model: string]: string } = {
  'purchase.order': 'name state partner_id partner_ref origin date_order currency_id company_id order_line write_date',
  'purchase.order.line': `order_id product_qty qty_received date_planned ${line}`,
  'sale.order': 'name state partner_id partner_shipping_id client_order_ref origin date_order order_line write_date',
  'sale.order.line': `order_id product_uom_qty qty_delivered ${line}`,
  'purchase.requisition': `name state vendor_id ${either('agreementOrigin')} line_ids write_date`,
  'purchase.requisition.line': `requisition_id product_qty ${line}`,
  'stock.picking': `name state picking_type_code picking_type_id partner_id date_done origin ${either('transferMoves')} write_date`,
  'stock.move': `picking_id state product_id product_uom product_uom_qty ${either('moveDone')} write_date`,
  'stock.move.line': `move_id picking_id product_id ${either('lineDone')} lot_id result_package_id write_date`,
  'account.move': 'name state move_type partner_id invoice_date currency_id amount_total invoice_line_ids write_date',
  'account.move.line': 'move_id product_id quantity price_unit price_subtotal tax_ids',
  'res.partner': 'name ref commercial_partner_id parent_id street city zip country_id state_id',
  'product.product': 'default_code barcode uom_id write_date',
  'product.template': 'name type tracking write_date',
  'mrp.bom': 'type active product_tmpl_id product_id product_qty product_uom_id bom_line_ids write_date',
  'mrp.bom.line': 'bom_id product_id product_qty product_uom_id write_date',
  'stock.warehouse': 'code name',
  'stock.picking.type': 'code warehouse_id',
  'stock.location': 'usage',
  'stock.quant': 'product_id location_id quantity',
  'stock.lot': 'name product_id',
  'uom.uom': 'name',
  'product.supplierinfo': 'product_code product_tmpl_id',
  'account.account': 'code',
  'account.journal': 'code type',
  'account.tax': 'name amount amount_type',
}

/**
 * Whether the database still has the fields that documents are made of, a line for each model: modules and upgrades
 * rename and hide them. A model that is not there at all is a matter of rights and apps.
 */
export async function fieldLines(odoo: OpenOdoo, needs: ReadonlyMap<string, readonly Need[]>): Promise<PingLine[]> {
  const lines: PingLine[] = []
  for (const [model, wanted] of needs) {
    const name = await nameIn(odoo, wanted)
    if (name === undefined) continue
    const names = (needed[model] ?? '').split(' ').filter((one) => one !== '')
    const present = await odoo.fields(name)
    const lacking = names.filter((one) => !one.split('|').some((alternative) => alternative in present))
    lines.push(lineOf(model, names.length, lacking))
  }
  return lines
}

const lineOf = (model: string, looked: number, lacking: readonly string[]): PingLine =>
  lacking.length === 0
    ? pass(`fields: ${model}`, looked === 0 ? 'the name is enough' : `${looked} needed, all there`)
    : fail(
        `fields: ${model}`,
        `${lacking.map((name) => name.replaceAll('|', ' or ')).join(', ')}: not there, or hidden from this user`,
        'Give the user the group the field asks for; where Odoo has renamed it, this connector needs a newer release.',
      )
