import { toDecimal } from '../../../core/decimal.ts'
import { asList, isSection, type Section } from './clean.ts'
import type { Outbound } from './outbound.ts'
import type { Sections } from './structure.ts'

/** A valid document as JSON: the bare document object is the envelope (sps-commerce.md §6). */
export const toJson = (record: Section): string => JSON.stringify(record)

/** A valid document as XML: plural root with the RSX namespace, elements in the order of the structure. */
export function toXml(record: Section, kind: Outbound): string {
  const body = elements(record, kind.structure, 2)
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<${kind.root} xmlns="http://www.spscommerce.com/RSX">`,
    `  <${kind.name}>`,
    ...body,
    `  </${kind.name}>`,
    `</${kind.root}>`,
    '',
  ].join('\n')
}

function elements(section: Section, structure: Sections, depth: number): string[] {
  const indent = '  '.repeat(depth)
  return Object.entries(structure).flatMap(([name, field]) =>
    asList(section[name]).flatMap((value) =>
      (field.kind === 'one' || field.kind === 'many') && isSection(value)
        ? [`${indent}<${name}>`, ...elements(value, field.of(), depth + 1), `${indent}</${name}>`]
        : [`${indent}<${name}>${scalar(value)}</${name}>`],
    ),
  )
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
