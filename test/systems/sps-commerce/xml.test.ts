import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { parseXml } from '../../../lib/systems/sps-commerce/rsx/xml.ts'
import { fixtureText } from './support.ts'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** A general parser with everything switched off that RSX does not use: the second opinion. */
const other = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

describe('reading XML', () => {
  it.each(['order-850.xml', 'shipment-856.xml'])('%s is read as another parser reads it', (file) => {
    const drop = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).flatMap(([k, v]) => (k === '#text' ? [] : [[k, drop(v)]])))
        : Array.isArray(value)
          ? value.map(drop)
          : value
    expect(plain(parseXml(fixtureText(file)))).toEqual(drop(other.parse(fixtureText(file), true)))
  })

  it('any tree of elements and texts comes out as another parser has it', () => {
    const name = fc.constantFrom('A', 'B', 'n:C', 'D-1', 'É')
    const escaped = fc
      .string({
        unit: fc.constantFrom('a', '0', ' ', '\n', '&amp;', '&lt;', '&#233;', '&#x1F600;', '漢', '"', "'", '>'),
      })
      .filter((s) => s.trim() !== '')
    const part = fc.oneof(escaped, fc.constantFrom('<!-- <x> -->', '<![CDATA[<&>]]>', '<?p i?>'))
    const { element } = fc.letrec<{ element: string }>((tie) => ({
      element: fc
        .tuple(
          name,
          fc.constantFrom('', ' a="1>2" b=\'"\'', ' xmlns="u" '),
          fc.oneof(
            { maxDepth: 4 },
            fc.array(part, { maxLength: 3 }).map((p) => p.join('')),
            fc.array(tie('element'), { maxLength: 4 }).map((e) => e.join('')),
          ),
        )
        .map(([n, attributes, inner]) =>
          inner === '' ? `<${n}${attributes}/>` : `<${n}${attributes}>${inner}</${n}>`,
        ),
    }))
    fc.assert(
      fc.property(element, (xml) => expect(plain(parseXml(xml))).toEqual(other.parse(xml, true))),
      { numRuns: 300 },
    )
  })

  it('a document cut off anywhere is an error, never a shorter document', () => {
    const xml = fixtureText('order-850.xml').trim()
    fc.assert(
      fc.property(fc.integer({ min: 1, max: xml.length - 1 }), (length) => {
        expect(() => parseXml(xml.slice(0, length))).toThrow(SyntaxError)
      }),
    )
  })

  it.each([
    ['<a></b>'],
    ['<a><b></a></b>'],
    ['<a/><b/>'],
    ['<a/><a/>'],
    ['x<a/>'],
    ['<a/>x'],
    ['<a>x & y</a>'],
    ['<a>&eacute;</a>'],
    ['<a>&#0;</a>'],
    ['<a>&#xD800;</a>'],
    ['<a b=1/>'],
    ['<a b="<"/>'],
    ['<!DOCTYPE a><a/>'],
    ['<a><!-- </a>'],
    ['<a>'.repeat(200) + '</a>'.repeat(200)],
    [''],
  ])('%s is an error', (xml) => {
    expect(() => parseXml(xml)).toThrow(SyntaxError)
  })
})
