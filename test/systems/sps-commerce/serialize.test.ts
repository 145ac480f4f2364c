import fc from 'fast-check'
import type { Section } from '../../../lib/systems/sps-commerce/rsx/clean.ts'
import { outbound } from '../../../lib/systems/sps-commerce/rsx/outbound.ts'
import { toJson, toXml } from '../../../lib/systems/sps-commerce/rsx/serialize.ts'
import type { Field, Sections } from '../../../lib/systems/sps-commerce/rsx/structure.ts'
import { tidy } from '../../../lib/systems/sps-commerce/rsx/tidy.ts'
import { documentsIn } from '../../../lib/systems/sps-commerce/rsx/unwrap.ts'
import { validate } from '../../../lib/systems/sps-commerce/rsx/validate.ts'
import { typed } from '../../../sandbox/systems/sps-commerce/typed.ts'
import { fixture, fixtureText } from './support.ts'

const kinds = Object.values(outbound)
const reread = (text: string, structure: Sections) =>
  typed(documentsIn(text)[0]?.document as Record<string, unknown>, structure)

/** Texts a reader gives back as they were: outer blanks are the reader's to cut. Surrogates, markup, any script. */
const text = fc
  .oneof(
    fc.constantFrom(
      '<&>"\'',
      ']]>',
      '&amp;',
      '&#233;',
      'a\tb\nc\rd',
      'Ø 12 "ü" 漢字 😀',
      '0012',
      '24.0',
      'true',
      '<!--x-->',
    ),
    fc.string({ unit: 'grapheme', minLength: 1 }),
  )
  .map((s) => tidy(s).record.trim())
  .filter((s) => s !== '')

const scalar = (field: Field): fc.Arbitrary<unknown> => {
  if (field.kind === 'integer') return fc.nat(1_000_000)
  if (field.kind === 'number') return fc.integer({ min: -10_000_000, max: 10_000_000 }).map((n) => n / 1000)
  if (field.kind === 'boolean') return fc.boolean()
  return text
}

/** Any document of a structure: some of its fields, each list with one or two entries. */
const document = (structure: Sections, depth = 0): fc.Arbitrary<Section> =>
  fc.record(
    Object.fromEntries(
      Object.entries(structure)
        .filter(([, f]) => depth < 6 || (f.kind !== 'one' && f.kind !== 'many'))
        .map(([name, f]) => {
          if (f.kind === 'many') return [name, fc.array(document(f.of(), depth + 1), { minLength: 1, maxLength: 2 })]
          return [name, f.kind === 'one' ? document(f.of(), depth + 1) : scalar(f)]
        }),
    ),
    { requiredKeys: depth === 0 ? ['Header'] : [] },
  )

describe.each(kinds)('$name', (kind) => {
  it('written and read again is what it was, in JSON and in XML, for any document', () => {
    fc.assert(
      fc.property(document(kind.structure), (generated) => {
        const { record } = tidy(generated)
        if (!('Header' in record)) return
        expect(reread(toJson(record), kind.structure)).toEqual(record)
        expect(reread(toXml(record, kind), kind.structure)).toEqual(record)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the example documents', () => {
  it.each([
    ['ack-855.json', outbound['send-acknowledgement']],
    ['ack-855-minimal.json', outbound['send-acknowledgement']],
    ['shipment-856.json', outbound['send-ship-notice']],
    ['shipment-856-minimal.json', outbound['send-ship-notice']],
    ['shipment-856-pallet.json', outbound['send-ship-notice']],
    ['invoice-810.json', outbound['send-invoice']],
    ['invoice-810-minimal.json', outbound['send-invoice']],
    ['credit-note-810.json', outbound['send-invoice']],
    ['order-850.json', outbound['send-purchase-order']],
    ['order-850-minimal.json', outbound['send-purchase-order']],
    ['order-850-multistore.json', outbound['send-purchase-order']],
    ['order-850-dropship.json', outbound['send-purchase-order']],
    ['order-change-860.json', outbound['send-purchase-order-change']],
    ['order-change-860-minimal.json', outbound['send-purchase-order-change']],
    ['inventory-846.json', outbound['send-inventory']],
    ['inventory-846-minimal.json', outbound['send-inventory']],
  ])('%s is valid, and the same after XML', (file, kind) => {
    const record = fixture(file)
    expect(validate(record, kind.structure, { extraCodes: {} })).toEqual([])
    expect(reread(toXml(record, kind), kind.structure)).toEqual(record)
  })

  it('a ship notice is written exactly as the XML example', () => {
    expect(toXml(fixture('shipment-856.json'), outbound['send-ship-notice'])).toBe(fixtureText('shipment-856.xml'))
  })

  it('an order in XML has its elements in the order of the example', () => {
    const xml = toXml(fixture('order-850.json'), outbound['send-purchase-order'])
    expect(xml).toBe(fixtureText('order-850.xml'))
  })
})

describe('what is written', () => {
  it('has no nulls, no empty sections and nothing XML cannot hold', () => {
    const { record, cleaned } = tidy({
      Header: { A: null, B: '', C: [], D: {}, E: [{}], F: undefined, G: 'x\u0000y\u001B[0m\uD800z' },
    })
    expect(record).toEqual({ Header: { G: 'xy[0mz' } })
    expect(cleaned).toEqual(['Header.G'])
  })

  it('numbers have no exponent', () => {
    const kind = outbound['send-invoice']
    const record = {
      Header: { InvoiceHeader: { TradingPartnerId: 'T', InvoiceNumber: '1' } },
      Summary: { TotalAmount: 1e-7 },
    }
    expect(toXml(record, kind)).toContain('<TotalAmount>0.0000001</TotalAmount>')
  })
})
