import { PythonError } from '../orm/errors.ts'
import { Float } from '../orm/float.ts'
import type { Value, Values } from '../orm/model.ts'

/** Control characters are left out, as Odoo does (odoo.md §3.1). */
const escaped = (text: string): string =>
  text
    .replace(/(?![\t\n\r\u0080-\u009f])\p{Cc}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

export const encodeResult = (value: Value): string =>
  `<?xml version="1.0"?>\n<methodResponse>\n<params>\n<param>\n${encode(value)}</param>\n</params>\n\n</methodResponse>\n`

export const encodeFault = (code: number, text: string): string =>
  `<?xml version="1.0"?>\n<methodResponse>\n<fault>\n${encode({ faultCode: code, faultString: text })}</fault>\n\n</methodResponse>\n`

/** As Python's xmlrpc writes it: integers of 32 bits, booleans 0 and 1, no null. */
function encode(value: Value): string {
  if (typeof value === 'string') return `<value><string>${escaped(value)}</string></value>\n`
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>\n`
  if (typeof value === 'number') return number(value)
  if (value === null) throw new PythonError('TypeError', 'cannot marshal None unless allow_none is enabled')
  if (Array.isArray(value)) return `<value><array><data>\n${value.map(encode).join('')}</data></array></value>\n`
  if ((value as unknown) instanceof Float) return double((value as unknown as Float).value)
  const members = Object.entries(value).map(([k, v]) => `<member>\n<name>${escaped(k)}</name>\n${encode(v)}</member>\n`)
  return `<value><struct>\n${members.join('')}</struct></value>\n`
}

function number(value: number): string {
  if (!Number.isInteger(value)) return double(value)
  if (Math.abs(value) > 2_147_483_647) throw new PythonError('TypeError', 'int exceeds XML-RPC limits')
  return `<value><int>${value}</int></value>\n`
}

const double = (value: number): string =>
  `<value><double>${Number.isInteger(value) ? value.toFixed(1) : value}</double></value>\n`

const entities: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const decodeText = (text: string): string =>
  text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole
    return String.fromCodePoint(name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
  })

/** A methodCall. Only what clients send: no namespaces, no document types. */
export function decodeCall(xml: string): { method: string; params: Value[] } {
  const tokens = new Tokens(xml)
  const method = /<methodName>\s*([^<]+?)\s*<\/methodName>/.exec(xml)?.[1] ?? ''
  const params: Value[] = []
  tokens.seek('methodName')
  while (tokens.seek('value', 'fault')) params.push(value(tokens))
  return { method, params }
}

function value(tokens: Tokens): Value {
  const [text, tag] = tokens.next()
  if (tag === '/value') return decodeText(text)
  if (tag === 'value/') return ''
  const found = typed(tokens, tag)
  tokens.seek('/value')
  return found
}

function typed(tokens: Tokens, tag: string): Value {
  if (tag === 'nil/' || tag === 'string/' || tag === 'base64/') return tag === 'nil/' ? null : ''
  if (tag === 'array') {
    const items: Value[] = []
    for (;;) {
      const [, next] = tokens.next()
      if (next === 'value') items.push(value(tokens))
      else if (next === 'value/') items.push('')
      else if (next === '/array' || next === '') return items
    }
  }
  if (tag === 'struct') {
    const members: Values = {}
    for (let name = ''; ; ) {
      const [text, next] = tokens.next()
      if (next === '/name') name = decodeText(text)
      else if (next === 'value') members[name] = value(tokens)
      else if (next === 'value/') members[name] = ''
      else if (next === '/struct' || next === 'struct/' || next === '') return members
    }
  }
  if (tag === 'struct/') return {}
  const [text] = tokens.next()
  if (tag === 'boolean') return text.trim() === '1' || text.trim() === 'true'
  if (tag === 'int' || tag === 'i4' || tag === 'i8' || tag === 'double') return Number(text)
  return tag === 'nil' ? null : decodeText(text)
}

/** Tags one after the other, each with the text before it. */
class Tokens {
  private readonly xml: string
  private readonly tag = /<([^>]+)>/g
  private at = 0

  constructor(xml: string) {
    this.xml = xml
  }

  next(): [text: string, tag: string] {
    const match = this.tag.exec(this.xml)
    if (!match) return ['', '']
    const text = this.xml.slice(this.at, match.index)
    this.at = match.index + match[0].length
    return [text, (match[1] ?? '').replace(/\s+\/$/, '/').trim()]
  }

  /** Goes on to a tag; false where there is none. */
  seek(...tags: string[]): boolean {
    for (;;) {
      const [, tag] = this.next()
      if (tag === '') return false
      if (tags.includes(tag)) return true
    }
  }
}
