import type { Json } from '../../../core/exchange.ts'
import { Scanner, XmlRpcError } from './scanner.ts'

export { XmlRpcError }

/** What the server answered. A fault's text may be a whole traceback. */
export type XmlRpcResponse = { result: Json } | { fault: { code: number; text: string } }

/** Nesting of arrays and structs; a record has three. */
const deepest = 64
/** Of an answer, in bytes; 2,000 products are 3 MiB (odoo.md §11). */
const largest = 64 * 1024 * 1024

/**
 * Reads a methodResponse. Throws XmlRpcError for anything that is not one: other elements, attributes, comments,
 * document types, processing instructions, unknown entities, wrong numbers, content after the end, half of an answer,
 * more nesting or more bytes than records have.
 */
export function decodeResponse(body: Buffer | string): XmlRpcResponse {
  if (body.length > largest) throw new XmlRpcError('larger than any answer')
  const scan = new Scanner(typeof body === 'string' ? body : body.toString('utf8'))
  scan.prolog()
  scan.must('<methodResponse>')
  const fault = scan.has('<fault>')
  if (!fault) {
    scan.must('<params>')
    scan.must('<param>')
  }
  const content = value(scan, 0)
  if (fault) scan.must('</fault>')
  else {
    scan.must('</param>')
    scan.must('</params>')
  }
  scan.must('</methodResponse>')
  scan.end()
  return fault ? { fault: faultOf(content) } : { result: content }
}

function faultOf(content: Json): { code: number; text: string } {
  const fault = content !== null && typeof content === 'object' && !Array.isArray(content) ? content : {}
  if (typeof fault.faultCode !== 'number' || typeof fault.faultString !== 'string')
    throw new XmlRpcError('a fault without code and text')
  return { code: fault.faultCode, text: fault.faultString }
}

function value(scan: Scanner, depth: number): Json {
  if (!scan.has('<value>')) {
    scan.must('<value/>')
    return ''
  }
  const type = scan.opened()
  // A value without a type is a string, outer blanks and all.
  const content = type === undefined ? scan.text() : typed(scan, type, depth)
  scan.must('</value>')
  return content
}

function typed(scan: Scanner, type: string, depth: number): Json {
  switch (type) {
    case 'string':
      return enclosed(scan, '</string>')
    case 'int':
      return integer(enclosed(scan, '</int>'))
    case 'boolean':
      return boolean(enclosed(scan, '</boolean>'))
    case 'double':
      return double(enclosed(scan, '</double>'))
    case 'array':
      return array(scan, depth)
    case 'struct':
      return struct(scan, depth)
    case 'i4':
      return integer(enclosed(scan, '</i4>'))
    case 'i8':
      return integer(enclosed(scan, '</i8>'))
    case 'dateTime.iso8601':
      return dateTime(enclosed(scan, '</dateTime.iso8601>'))
    case 'base64':
      return base64(enclosed(scan, '</base64>'))
    case 'nil':
      scan.must('</nil>')
      return null
    case 'nil/':
      return null
    case 'string/':
    case 'base64/':
      return ''
    case 'struct/':
      return {}
    default:
      throw new XmlRpcError('a type that XML-RPC does not have')
  }
}

function enclosed(scan: Scanner, end: string): string {
  const text = scan.text()
  scan.must(end)
  return text
}

function array(scan: Scanner, depth: number): Json[] {
  if (depth === deepest) throw new XmlRpcError('nested deeper than any record')
  const items: Json[] = []
  if (!scan.has('<data/>')) {
    scan.must('<data>')
    while (!scan.has('</data>')) items.push(value(scan, depth + 1))
  }
  scan.must('</array>')
  return items
}

function struct(scan: Scanner, depth: number): Json {
  if (depth === deepest) throw new XmlRpcError('nested deeper than any record')
  const fields: { [name: string]: Json } = {}
  while (!scan.has('</struct>')) {
    scan.must('<member>')
    scan.must('<name>')
    const name = enclosed(scan, '</name>')
    const content = value(scan, depth + 1)
    scan.must('</member>')
    // Assigning __proto__ would set the prototype instead of a field.
    if (name === '__proto__')
      Object.defineProperty(fields, name, { value: content, enumerable: true, configurable: true, writable: true })
    else fields[name] = content
  }
  return fields
}

function integer(text: string): number {
  if (!/^\s*[+-]?\d{1,19}\s*$/.test(text)) throw new XmlRpcError('a number that is no whole number')
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new XmlRpcError('a whole number too large to be exact')
  return number
}

function boolean(text: string): boolean {
  if (text !== '0' && text !== '1') throw new XmlRpcError('a boolean that is neither 0 nor 1')
  return text === '1'
}

/** Python writes very small and very large ones with an exponent, though XML-RPC knows none. */
function double(text: string): number {
  const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(number)) throw new XmlRpcError('a number that is none')
  return number
}

/** In Odoo's own form, in which it sends date-times elsewhere: "2026-11-15 10:00:00". */
function dateTime(text: string): string {
  const [, year, month, day, time] = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d:\d\d:\d\d)$/.exec(text) ?? []
  if (time === undefined) throw new XmlRpcError('a date-time that is none')
  return `${year}-${month}-${day} ${time}`
}

function base64(text: string): string {
  const compact = text.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) throw new XmlRpcError('base64 that is none')
  return compact
}
