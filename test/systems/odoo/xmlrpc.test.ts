import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decodeResponse, XmlRpcError } from '../../../lib/systems/odoo/xmlrpc/decode.ts'
import { encodeCall } from '../../../lib/systems/odoo/xmlrpc/encode.ts'

const recorded = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/odoo/xmlrpc/${name}.xml`, import.meta.url)))

/** An answer that holds one value. */
const answer = (value: string): string =>
  `<?xml version="1.0"?>\n<methodResponse>\n<params>\n<param>\n${value}\n</param>\n</params>\n\n</methodResponse>`
const read = (value: string): unknown => {
  const response = decodeResponse(answer(value))
  if ('fault' in response) throw new Error('a fault')
  return response.result
}

describe('what live servers sent is read to the letter', () => {
  it.each([18, 19])('records of Odoo %s', (version) => {
    expect(decodeResponse(recorded(`v${version}-17-types-null-binary-datetime`))).toEqual({
      result: [
        {
          id: version === 18 ? 46 : 47,
          image_128: expect.stringMatching(/^iVBORw0KGgo[A-Za-z0-9+/]+==$/),
          email: false,
          comment: false,
          create_date: expect.stringMatching(/^2026-11-21 02:\d\d:\d\d$/),
          write_date: expect.stringMatching(/^2026-11-21 02:\d\d:\d\d$/),
          color: 0,
          partner_latitude: 0,
          create_uid: [2, 'Mitchell Admin'],
        },
      ],
    })
  })

  it.each([18, 19])('many2one, numbers and lists of Odoo %s', (version) => {
    const [order] = (decodeResponse(recorded(`v${version}-18-po-types`)) as { result: Record<string, unknown>[] })
      .result
    expect(order?.currency_id).toEqual([expect.any(Number), expect.any(String)])
    expect(typeof order?.amount_total).toBe('number')
    expect(order?.order_line).toEqual(expect.arrayContaining([expect.any(Number)]))
  })

  it.each([18, 19])('a fault of Odoo %s, its traceback and all', (version) => {
    const response = decodeResponse(recorded(`v${version}-20-fault-unknown-field-read`))
    expect(response).toEqual({ fault: { code: 1, text: expect.stringMatching(/^Traceback[\s\S]*'res.partner'\n$/) } })
    const denied = decodeResponse(recorded(`v${version}-30-fault-access-model`))
    expect(denied).toMatchObject({
      fault: { code: 4, text: expect.stringContaining("'Journal Entry' (account.move)") },
    })
  })
})

describe('a value', () => {
  it.each([
    ['<value><int>-7</int></value>', -7],
    ['<value><i4>+7</i4></value>', 7],
    ['<value><i8>9007199254740991</i8></value>', 9007199254740991],
    ['<value><boolean>1</boolean></value>', true],
    ['<value><double>-1.5e-07</double></value>', -1.5e-7],
    ['<value><double>100000000000000000000.0</double></value>', 1e20],
    ['<value><string></string></value>', ''],
    ['<value><string> a\tb\n</string></value>', ' a\tb\n'],
    ['<value><string>&lt;b&gt; &amp;amp; &quot;&apos;&#13;&#x1F4A1;</string></value>', '<b> &amp; "\'\r\u{1f4a1}'],
    ['<value><string>a<![CDATA[<b>&amp;]]>c</string></value>', 'a<b>&amp;c'],
    ['<value> untyped </value>', ' untyped '],
    ['<value></value>', ''],
    ['<value/>', ''],
    ['<value><nil/></value>', null],
    ['<value><nil></nil></value>', null],
    ['<value><base64>iVBO\nRw0=\n</base64></value>', 'iVBORw0='],
    ['<value><dateTime.iso8601>20261115T10:00:00</dateTime.iso8601></value>', '2026-11-15 10:00:00'],
    ['<value><array><data></data></array></value>', []],
    ['<value><array><data/></array></value>', []],
    ['<value><struct></struct></value>', {}],
    ['<value><struct/></value>', {}],
  ])('%s is %j', (value, expected) => {
    expect(read(value)).toEqual(expected)
  })
})

describe('an answer that is none is refused', () => {
  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "aaaa">]><methodResponse/>'],
    ['an external entity', answer('<value><string>&file;</string></value>')],
    ['a document type inside', answer('<value><!DOCTYPE x></value>')],
    ['a processing instruction', answer('<value><?php ?></value>')],
    ['a comment', answer('<value><!-- a --><int>1</int></value>')],
    ['an attribute', answer('<value><int base="2">1</int></value>')],
    ['an encoding we do not read', '<?xml version="1.0" encoding="UTF-16"?><methodResponse/>'],
    ['a type that XML-RPC does not have', answer('<value><bigdecimal>1</bigdecimal></value>')],
    ['two types', answer('<value><int>1</int><int>2</int></value>')],
    ['text beside a type', answer('<value>a<int>1</int></value>')],
    ['an end that does not fit', answer('<value><int>1</string></value>')],
    ['a member without a value', answer('<value><struct><member><name>a</name></member></struct></value>')],
    ['a number with letters', answer('<value><int>12a</int></value>')],
    ['a fraction as an int', answer('<value><int>1.5</int></value>')],
    ['an empty int', answer('<value><int></int></value>')],
    ['an int that would lose digits', answer('<value><i8>9007199254740993</i8></value>')],
    ['a double that is infinite', answer('<value><double>inf</double></value>')],
    ['a double beyond every number', answer('<value><double>1e999</double></value>')],
    ['a boolean of 2', answer('<value><boolean>2</boolean></value>')],
    ['a reference to half a character', answer('<value><string>&#xD800;</string></value>')],
    ['a reference beyond every character', answer('<value><string>&#x110000;</string></value>')],
    ['an ampersand alone', answer('<value><string>a & b</string></value>')],
    ['content after the end', `${answer('<value/>')}<x/>`],
    ['a second answer', answer('<value/>') + answer('<value/>')],
    ['a fault without a code', '<methodResponse><fault><value><string>x</string></value></fault></methodResponse>'],
    ['nothing', ''],
    ['a web page', '<html><body>Sign in</body></html>'],
    ['a call', encodeCall('version', [])],
  ])('%s', (_, text) => {
    expect(() => decodeResponse(text)).toThrow(XmlRpcError)
  })

  it('what nests deeper than records do, long before the stack ends', () => {
    const deep = (levels: number) =>
      answer(`${'<value><array><data>'.repeat(levels)}<value/>${'</data></array></value>'.repeat(levels)}`)
    expect(() => decodeResponse(deep(64))).not.toThrow()
    expect(() => decodeResponse(deep(65))).toThrow(XmlRpcError)
    expect(() =>
      decodeResponse('<methodResponse><params><param>'.concat('<value><array><data>'.repeat(500_000))),
    ).toThrow(XmlRpcError)
  })

  it('what is larger than any answer, unread', () => {
    expect(() => decodeResponse(Buffer.alloc(65 * 1024 * 1024, 32))).toThrow('larger than any answer')
  })

  it('and its content is not told', () => {
    const secret = answer('<value><string>password hunter2 &nope;</string></value>')
    expect(() => decodeResponse(secret)).toThrow(/^(?!.*(hunter2|nope)).*$/)
  })
})

describe('names that JavaScript has a use for', () => {
  it('are fields like others, and change nothing else', () => {
    const member = (name: string) =>
      `<member><name>${name}</name><value><struct><member><name>evil</name><value>x</value></member></struct></value></member>`
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype']
    const record = read(`<value><struct>${names.map(member).join('')}</struct></value>`) as Record<string, unknown>
    expect(Object.keys(record)).toEqual(names)
    for (const name of names) expect(Object.hasOwn(record, name)).toBe(true)
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>).evil).toBeUndefined()
  })
})

describe('a call', () => {
  it('is written as Python’s own library reads it', () => {
    expect(encodeCall('execute_kw', ['db', 2, true, null, 1.5, [], {}, 'a<b>&\r']).replace(/^.*<params>/, '')).toBe(
      [
        '<param><value><string>db</string></value></param>',
        '<param><value><int>2</int></value></param>',
        '<param><value><boolean>1</boolean></value></param>',
        '<param><value><nil/></value></param>',
        '<param><value><double>1.5</double></value></param>',
        '<param><value><array><data></data></array></value></param>',
        '<param><value><struct></struct></value></param>',
        '<param><value><string>a&lt;b&gt;&amp;&#13;</string></value></param>',
        '</params></methodCall>',
      ].join(''),
    )
  })

  it.each([
    [2 ** 31 - 1, '<int>2147483647</int>'],
    [2 ** 31, '<double>2147483648</double>'],
    [-(2 ** 31), '<int>-2147483648</int>'],
    [Number.MAX_SAFE_INTEGER, '<double>9007199254740991</double>'],
    [1e-7, '<double>1e-7</double>'],
    [-0, '<int>0</int>'],
  ])('holds %d as %s, since there is no int beyond 32 bits', (number, text) => {
    expect(encodeCall('m', [number])).toContain(text)
  })

  it('cannot hold what is no number', () => {
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => encodeCall('m', [number])).toThrow(RangeError)
  })

  it('leaves out the characters that XML cannot hold, as the server does', () => {
    expect(encodeCall('m', ['a\u0000b\u0008c\uFFFEd\te\n'])).toContain('<string>abcd\te\n</string>')
  })
})
