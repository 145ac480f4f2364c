import { type Extension, extension } from '../orm/model.ts'
import { boolean, char, date, float, many2one, selection } from './fields.ts'

/** What business adds to companies and contacts. */
export const companyExtensions: Extension[] = [
  extension({
    extends: 'res.company',
    fields: {
      po_double_validation: selection(
        { one_step: 'Confirm purchase orders in one step', two_step: 'Get 2 levels of approvals' },
        { default: 'one_step' },
      ),
      po_double_validation_amount: float({ default: 5000 }),
      po_lock: selection(
        { edit: 'Allow to edit purchase orders', lock: 'Confirmed orders are not editable' },
        { default: 'edit' },
      ),
      account_sale_tax_id: many2one('account.tax', { string: 'Default Sale Tax' }),
      account_purchase_tax_id: many2one('account.tax', { string: 'Default Purchase Tax' }),
      fiscalyear_lock_date: date({ string: 'Global Lock Date' }),
      purchase_lock_date: date({ string: 'Purchase Lock date' }),
      stock_move_sms_validation: boolean({ default: true }),
      has_received_warning_stock_sms: boolean(),
    },
  }),
  extension({
    extends: 'res.partner',
    fields: {
      property_payment_term_id: many2one('account.payment.term', { string: 'Customer Payment Terms' }),
      property_supplier_payment_term_id: many2one('account.payment.term', { string: 'Vendor Payment Terms' }),
      property_purchase_currency_id: many2one('res.currency', { string: 'Supplier Currency' }),
      property_product_pricelist: many2one('product.pricelist', { string: 'Pricelist' }),
      property_delivery_carrier_id: many2one('delivery.carrier', { string: 'Delivery Method' }),
      property_stock_customer: many2one('stock.location', {
        string: 'Customer Location',
        compute: (_record, env) => env.ref('stock.stock_location_customers')?.id ?? false,
      }),
      global_location_number: char({ since: 19 }),
    },
  }),
]
