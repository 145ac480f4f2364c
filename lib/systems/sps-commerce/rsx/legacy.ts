import { asList, isSection, type Section } from './clean.ts'

/*
 * RSX before 7.7.7 names the same things differently (sps-commerce.md §6, "Versions"). Reading it with the new names
 * yields an order without lines, so the old names are translated first.
 */

/** Sections that were singular, with their new names. Only a section is renamed: `Date` in 7.7.7 is also a field. */
const sections: Readonly<Record<string, string>> = {
  Date: 'Dates',
  Contact: 'Contacts',
  Reference: 'References',
  Tax: 'Taxes',
  Note: 'Notes',
}
/** Lists that had an element around them. */
const lists: Readonly<Record<string, string>> = { LineItems: 'LineItem', Sublines: 'Subline' }

const fields: Readonly<Record<string, string>> = {
  DateTimeQualifier1: 'DateTimeQualifier',
  Date1: 'Date',
  Time1: 'Time',
  NoteInformationField: 'Note',
  PurchaseOrderTypeCode: 'PrimaryPOTypeCode',
  ItemDescriptionType: 'ProductCharacteristicCode',
}

/** The document with 7.7.7 names, and the old names that were found (empty = it was 7.7.7). */
export function modernise(document: Section): { document: Section; renamed: string[] } {
  const renamed = new Set<string>()
  const result = translate(document, renamed)
  return { document: renamed.size > 0 ? result : document, renamed: [...renamed] }
}

function translate(section: Section, renamed: Set<string>): Section {
  const result: Record<string, unknown> = {}
  const put = (name: string, value: unknown) => {
    result[name] = name in result ? [...asList(result[name]), ...asList(value)] : value
  }
  for (const [name, given] of Object.entries(section)) {
    const list = lists[name]
    if (list !== undefined) {
      renamed.add(name)
      const inner = asList(given).flatMap((g) => (isSection(g) && list in g ? asList(g[list]) : [g]))
      put(
        list,
        inner.map((v) => deep(v, renamed)),
      )
      continue
    }
    const newName = isScalar(given) ? fields[name] : sections[name]
    if (newName !== undefined) renamed.add(name)
    put(newName ?? name, deep(given, renamed))
  }
  return result
}

const isScalar = (value: unknown): boolean =>
  Array.isArray(value) ? value.every((v) => typeof v !== 'object') : typeof value !== 'object'

const deep = (value: unknown, renamed: Set<string>): unknown =>
  Array.isArray(value) ? value.map((v) => deep(v, renamed)) : isSection(value) ? translate(value, renamed) : value
