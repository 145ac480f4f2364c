import type { Json } from '../../../core/exchange.ts'

/** An XML-RPC call as text. Whole numbers are `int`, others `double`; null is `nil`, which Odoo takes (odoo.md §3.1). */
export function encodeCall(method: string, params: readonly Json[]): string {
  const parts = ['<?xml version="1.0"?><methodCall><methodName>', escaped(method), '</methodName><params>']
  for (const param of params) {
    parts.push('<param>')
    value(param, parts)
    parts.push('</param>')
  }
  parts.push('</params></methodCall>')
  return parts.join('')
}

function value(content: Json, parts: string[]): void {
  if (content === null) parts.push('<value><nil/></value>')
  else if (typeof content === 'string') parts.push('<value><string>', escaped(content), '</string></value>')
  else if (typeof content === 'boolean') parts.push('<value><boolean>', content ? '1' : '0', '</boolean></value>')
  else if (typeof content === 'number') parts.push('<value>', number(content), '</value>')
  else if (Array.isArray(content)) {
    parts.push('<value><array><data>')
    for (const one of content) value(one, parts)
    parts.push('</data></array></value>')
  } else {
    parts.push('<value><struct>')
    for (const [name, one] of Object.entries(content)) {
      parts.push('<member><name>', escaped(name), '</name>')
      value(one, parts)
      parts.push('</member>')
    }
    parts.push('</struct></value>')
  }
}

const largestInt = 2 ** 31

/**
 * Beyond 32 bits there is no int (odoo.md §3.1): such a number goes as a double, exact up to 2^53. A double may have an
 * exponent: XML-RPC knows none, Python reads it, and without it digits would be lost.
 */
function number(content: number): string {
  if (!Number.isFinite(content)) throw new RangeError('XML-RPC has no way to send a number that is not finite')
  const fits = Number.isInteger(content) && content >= -largestInt && content < largestInt
  return fits ? `<int>${content}</int>` : `<double>${content}</double>`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 cannot hold, even escaped
const unfit = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
const special = /[&<>\r]/g
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

const escaped = (text: string): string =>
  text.replace(unfit, '').replace(special, (character) => entities[character] ?? '')
