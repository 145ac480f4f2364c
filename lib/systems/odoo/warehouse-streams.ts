import { typeOfPurchase } from './bundle.ts'
import { kitParts, ofBills, ofTemplates } from './related/kit-owners.ts'
import { ofTransfers } from './related/order-owners.ts'
import type { Domain } from './rpc.ts'
import { deletedDocument } from './source-document.ts'
import type { Description } from './stream.ts'
import { goodsDomain } from './versions.ts'

/** Articles, one by variant; services and choices (combos) are nothing that a warehouse could hold. */
export const products: Description = {
  name: 'products',
  types: ['product'],
  model: 'product.product',
  domain: goodsDomain,
  headerFields: ['id', 'default_code', 'write_date'],
  children: [
    // From 15 on a variant's stamp follows its template's; before, it does not.
    { model: 'product.template', parent: 'id', domain: goodsDomain, through: ofTemplates },
    { model: 'mrp.bom', parent: 'id', domain: [], through: ofBills, optional: true },
    { model: 'mrp.bom.line', parent: 'bom_id', domain: [], through: ofBills, optional: true },
  ],
  eligible: () => true,
  deletable: true,
  ageless: true,
  parts: kitParts,
  dateField: 'create_date',
  deleted: (id) => deletedDocument('product', 'product.product', id, String(id)),
}

const incoming: Domain = [['picking_id.picking_type_code', '=', 'incoming']]
const ready: Domain = [...incoming, ['state', 'not in', ['done', 'cancel']]]

/**
 * Purchase orders of our own once more, for the warehouse: with what their receipts announce. An order that came as a
 * retailer's is none of them.
 */
export const inboundOrders: Description = {
  name: 'inbound-orders',
  types: ['inbound-order'],
  model: 'purchase.order',
  domain: [['state', 'in', ['purchase', 'done', 'cancel']]],
  headerFields: ['id', 'name', 'state', 'write_date', 'origin'],
  children: [
    { model: 'purchase.order.line', parent: 'order_id', domain: [] },
    {
      model: 'stock.picking',
      parent: 'purchase_id',
      domain: [['picking_type_code', '=', 'incoming']],
      optional: true,
    },
    // A package that is put on a line touches neither order nor transfer on 18, a line that is taken out its move alone.
    { model: 'stock.move', parent: 'picking_id', domain: incoming, through: ofTransfers, optional: true },
    { model: 'stock.move.line', parent: 'picking_id', domain: ready, through: ofTransfers, optional: true },
  ],
  eligible: (record) =>
    ['purchase', 'done', 'cancel'].includes(String(record.state)) && typeOfPurchase(record) === 'erp-purchase-order',
  deletable: true,
  dateField: 'date_order',
  deleted: (id, number) => deletedDocument('inbound-order', 'purchase.order', id, number),
}
