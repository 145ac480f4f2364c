import { encodeCall } from '../lib/systems/odoo/xmlrpc/encode.ts'

const records = 500

/** A page of records as Odoo answers it over XML-RPC, line breaks and all, and the same as JSON. */
export function xmlAnswer(): { xml: Buffer; json: Buffer; what: string } {
  const rows = Array.from({ length: records }, (_, i) => record(i + 1))
  const xml = encodeCall('', [rows])
    .replace('<methodCall><methodName></methodName>', '<methodResponse>')
    .replace('</methodCall>', '</methodResponse>')
    .replaceAll(/(?<=<\/value>|<\/?data>|<\/?struct>|<\/?member>|<\/name>|<\/?params?>)/g, '\n')
  const what = `${records} records of ${Object.keys(record(1)).length} fields`
  return { xml: Buffer.from(xml), json: Buffer.from(JSON.stringify(rows)), what }
}

const record = (id: number) => ({
  id,
  name: `Lamp & shade, number ${id}`,
  display_name: `[LAMP-${id}] Lamp & shade, number ${id}`,
  default_code: `LAMP-${id}`,
  barcode: id % 2 === 0 ? String(2_000_000_000_000 + id) : false,
  list_price: id * 1.25,
  lst_price: id * 1.25,
  standard_price: 5.25,
  uom_id: [1, 'Units'],
  categ_id: [5, 'All / Saleable'],
  weight: 0.35,
  volume: 0,
  taxes_id: [1, 2],
  supplier_taxes_id: [],
  sale_ok: true,
  purchase_ok: true,
  active: true,
  type: 'consu',
  is_storable: true,
  tracking: 'none',
  product_tmpl_id: [id, `[LAMP-${id}] Lamp & shade`],
  description_sale: false,
  create_date: '2026-11-15 10:00:00',
  write_date: '2026-11-15 10:00:00',
})
