import fc from 'fast-check'
import type { Json } from '../../../lib/core/exchange.ts'
import { decodeResponse, XmlRpcError } from '../../../lib/systems/odoo/xmlrpc/decode.ts'
import { encodeCall } from '../../../lib/systems/odoo/xmlrpc/encode.ts'

/** Text of every kind, with what is special in XML more often than chance has it. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('&', '<', '>', ']', '"', "'", ';', '#', 'x', '\r', '\n', '\t', ' ', '&amp;', 'é'),
  }),
)
const name = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'id', 'name', 'toString'))
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(2 ** 31, -(2 ** 31) - 1, 1e21, 5e-324, 0.1 + 0.2, -0),
)
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(name, tie('value')), { maxLength: 5 })
      // Not by assignment, which would set a prototype.
      .map((entries) => Object.fromEntries(entries)),
  ),
}))

/** The encoded value in an answer; the server writes values as we do. */
const answerOf = (content: Json): string =>
  encodeCall('m', [content])
    .replace('<methodCall><methodName>m</methodName>', '<methodResponse>')
    .replace(/<\/methodCall>$/, '</methodResponse>')

// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 cannot hold
const unfit = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
/** What arrives of what is sent: XML cannot hold control characters, UTF-8 no half of a pair, and -0 is 0. */
function arriving(content: Json): Json {
  if (typeof content === 'string') return content.replace(unfit, '').toWellFormed()
  if (typeof content === 'number') return content === 0 ? 0 : content
  if (Array.isArray(content)) return content.map(arriving)
  if (content === null || typeof content !== 'object') return content
  return Object.fromEntries(Object.entries(content).map(([key, one]) => [arriving(key) as string, arriving(one)]))
}

it('what is written is what is read', () => {
  fc.assert(
    fc.property(value, (content) => {
      const bytes = Buffer.from(answerOf(content), 'utf8')
      expect(decodeResponse(bytes)).toEqual({ result: arriving(content) })
    }),
    { numRuns: 500 },
  )
})

/** Decodes or throws XmlRpcError; anything else is thrown on. */
const survives = (answer: string | Buffer): void => {
  try {
    decodeResponse(answer)
  } catch (error) {
    if (!(error instanceof XmlRpcError)) throw error
  }
}

const pieces = fc.constantFrom(
  ...['<', '>', '&', ';', '</value>', '<value>', '<struct>', '</array>', '<![CDATA[', ']]>', '<!--', '<!DOCTYPE x>'],
  ...['<?', '&#x0;', '&#99999999;', '<int>', '<nil/>', '<data>', '\u0000', '\uD800', 'é', '__proto__', '1e999'],
)

it('an answer that was cut off is refused, wherever it ends', () => {
  fc.assert(
    fc.property(value, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (content, part) => {
      const whole = answerOf(content)
      expect(() => decodeResponse(whole.slice(0, Math.floor(whole.length * part)))).toThrow(XmlRpcError)
    }),
    { numRuns: 500 },
  )
})

it('an answer that was damaged is read or refused, and nothing else happens', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), pieces), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(value, damage, (content, edits) => {
      let damaged = answerOf(content)
      for (const [at, gone, put] of edits) {
        const place = at % (damaged.length + 1)
        damaged = damaged.slice(0, place) + put + damaged.slice(place + gone)
      }
      survives(damaged)
      survives(Buffer.from(damaged, 'utf8'))
      expect(Object.prototype).not.toHaveProperty('evil')
    }),
    { numRuns: 1000 },
  )
})

it('any bytes at all are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(pieces, { maxLength: 40 }), (bytes, parts) => {
      survives(Buffer.from(bytes))
      survives(`<methodResponse><params><param>${parts.join('')}`)
    }),
    { numRuns: 500 },
  )
})
