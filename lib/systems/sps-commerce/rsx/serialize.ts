import { toDecimal } from '../../../core/decimal.ts'
import { asList, isSection, type Section } from './clean.ts'
import type { Outbound } from './outbound.ts'
import type { Sections } from './structure.ts'

/** A valid document as JSON: the bare document object is the envelope (sps-commerce.md §6). */
export const toJson = (record: Section): string => JSON.stringify(record)

/** A valid document as XML: plural root with the RSX namespace, elements in the order of the structure. */
export function toXml(record: Section, kind: Outbound): string {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<${kind.root} xmlns="http://www.spscommerce.com/RSX">`,
    `  <${kind.name}>`,
  ]
  addElements(lines, record, kind.structure, '    ')
  lines.push(`  </${kind.name}>`, `</${kind.root}>`, '')
  return lines.join('\n')
}

/** Into one list of lines: a stock report has millions of them. */
function addElements(lines: string[], section: Section, structure: Sections, indent: string): void {
  for (const [name, field] of Object.entries(structure))
    for (const value of asList(section[name]))
      if ((field.kind === 'one' || field.kind === 'many') && isSection(value)) {
        lines.push(`${indent}<${name}>`)
        addElements(lines, value, field.of(), `${indent}  `)
        lines.push(`${indent}</${name}>`)
      } else lines.push(`${indent}<${name}>${scalar(value)}</${name}>`)
}

/** Numbers without exponent; text escaped, a carriage return too, because a reader would drop it. */
const scalar = (value: unknown): string =>
  typeof value === 'number' ? (toDecimal(value) ?? '') : String(value).replace(/[&<>"'\r]/g, (c) => escapes[c] ?? c)

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
}
