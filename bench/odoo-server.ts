import { start } from '../sandbox/systems/odoo/index.ts'

/** A simulated Odoo 19 with a catalogue, in a process of its own: its work must not be taken for the client's. */
const [count = 0] = process.argv.slice(2).map(Number)
const odoo = await start({ version: 19 })
odoo.load({
  'product.product': Array.from({ length: count }, (_, i) => ({
    name: `Lamp & shade, number ${i}`,
    default_code: `LAMP-${i}`,
    barcode: String(2_000_000_000_000 + i),
    list_price: 10 + (i % 1000) / 100,
    standard_price: 5.25,
    weight: 0.35,
    type: 'consu',
    is_storable: true,
  })),
})
const { url, database, credentials } = odoo
process.stdout.write(`${JSON.stringify({ url, database, credentials })}\n`)
process.stdin.resume().on('end', () => process.exit())
