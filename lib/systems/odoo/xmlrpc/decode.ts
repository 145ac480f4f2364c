import type { Json } from '../../../core/exchange.ts'
import { Scanner, XmlRpcError } from './scanner.ts'

export { XmlRpcError }

/** What the server answered. A fault's text may be a whole traceback. */
export type XmlRpcResponse = { result: Json } | { fault: { code: number; text: string } }

/** Nesting of arrays and structs; a record has three. */
const deepest = 64

/**
 * Reads a methodResponse. Throws XmlRpcError for anything that is not one: other elements, document types, processing
 * instructions, unknown entities, wrong numbers, content after the end, more nesting than records have.
 */
export function decodeResponse(body: Buffer | string): XmlRpcResponse {
  const scan = new Scanner(typeof body === 'string' ? body : body.toString('utf8'))
  scan.prolog()
  scan.open('methodResponse')
  if (scan.tryOpen('fault')) {
    const content = value(scan, 0)
    scan.close('fault')
    scan.close('methodResponse')
    scan.end()
    return { fault: faultOf(content) }
  }
  scan.open('params')
  scan.open('param')
  const result = value(scan, 0)
  scan.close('param')
  scan.close('params')
  scan.close('methodResponse')
  scan.end()
  return { result }
}

function faultOf(content: Json): { code: number; text: string } {
  const fault = content !== null && typeof content === 'object' && !Array.isArray(content) ? content : {}
  if (typeof fault.faultCode !== 'number' || typeof fault.faultString !== 'string')
    throw new XmlRpcError('a fault without code and text')
  return { code: fault.faultCode, text: fault.faultString }
}

function value(scan: Scanner, depth: number): Json {
  if (depth > deepest) throw new XmlRpcError('nested deeper than any record')
  if (scan.tryEmpty('value')) return ''
  scan.open('value')
  const type = scan.tryAnyOpen()
  // A value without a type is a string, outer blanks and all.
  if (type === undefined) {
    const text = scan.text()
    scan.close('value')
    return text
  }
  const content = typed(scan, type, depth)
  scan.close('value')
  return content
}

function typed(scan: Scanner, type: string, depth: number): Json {
  switch (type) {
    case 'string':
    case 'dateTime.iso8601':
    case 'base64': {
      const text = scan.text()
      scan.close(type)
      return type === 'base64' ? text.replace(/\s+/g, '') : text
    }
    case 'int':
    case 'i4':
    case 'i8': {
      const text = scan.text()
      scan.close(type)
      return integer(text)
    }
    case 'boolean': {
      const text = scan.text()
      scan.close(type)
      if (text !== '0' && text !== '1') throw new XmlRpcError('a boolean that is neither 0 nor 1')
      return text === '1'
    }
    case 'double': {
      const text = scan.text()
      scan.close(type)
      return double(text)
    }
    case 'array':
      return array(scan, depth)
    case 'struct':
      return struct(scan, depth)
    case 'string/':
    case 'base64/':
      return ''
    case 'nil/':
      return null
    case 'nil':
      scan.close('nil')
      return null
    case 'struct/':
      return {}
    default:
      throw new XmlRpcError('a type that XML-RPC does not have')
  }
}

function array(scan: Scanner, depth: number): Json[] {
  const items: Json[] = []
  if (!scan.tryEmpty('data')) {
    scan.open('data')
    while (!scan.tryClose('data')) items.push(value(scan, depth + 1))
  }
  scan.close('array')
  return items
}

function struct(scan: Scanner, depth: number): Json {
  const fields: { [name: string]: Json } = {}
  while (!scan.tryClose('struct')) {
    scan.open('member')
    scan.open('name')
    const name = scan.text()
    scan.close('name')
    const content = value(scan, depth + 1)
    scan.close('member')
    // Assigning __proto__ would set the prototype instead of a field.
    if (name === '__proto__')
      Object.defineProperty(fields, name, { value: content, enumerable: true, configurable: true, writable: true })
    else fields[name] = content
  }
  return fields
}

function integer(text: string): number {
  const trimmed = text.trim()
  if (!/^[+-]?\d{1,19}$/.test(trimmed)) throw new XmlRpcError('a number that is no whole number')
  const number = Number(trimmed)
  if (!Number.isSafeInteger(number)) throw new XmlRpcError('a whole number too large to be exact')
  return number
}

function double(text: string): number {
  const trimmed = text.trim()
  // Python writes very small and very large ones with an exponent, though XML-RPC knows none.
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) throw new XmlRpcError('a number that is none')
  return Number(trimmed)
}
