import type { Problem } from '../../../core/problems.ts'
import { toDay } from '../parse/view.ts'
import { problem } from '../problem.ts'
import { isSscc } from '../sscc.ts'
import { isSection, type Section } from './clean.ts'
import { codeLists } from './code-lists.ts'
import type { Field, Sections } from './structure.ts'

export interface Rules {
  /** Codes beyond the closed lists, by list. */
  extraCodes: Readonly<Record<string, readonly string[]>>
}

/**
 * Everything that is wrong with a document before it is sent (sps-commerce.md §6 "be strict", §10): names, kinds and
 * mandatory fields of the structure, date and time formats, codes of the closed lists, percentages, SSCCs.
 * Empty = it may be sent. What a single retailer demands beyond that is the mapping's to know.
 */
export function validate(record: unknown, structure: Sections, rules: Rules): Problem[] {
  const found: Problem[] = []
  if (isSection(record)) checkSection(record, structure, '', rules, found)
  else found.push(problem('SPS_DOCUMENT_INVALID', 'the document is no object'))
  return [...found, ...checkPacks(record)]
}

function checkSection(section: Section, structure: Sections, path: string, rules: Rules, found: Problem[]): void {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const wrong = (name: string, why: string) =>
    void found.push(problem('SPS_DOCUMENT_INVALID', `${name} ${why}`, at(name)))

  for (const name of Object.keys(section)) if (!Object.hasOwn(structure, name)) wrong(name, 'is not in the structure')
  for (const [name, field] of Object.entries(structure)) {
    const value = section[name]
    if (value === undefined) {
      if (field.required) wrong(name, 'is missing')
    } else if (field.kind === 'one') {
      if (isSection(value)) checkSection(value, field.of(), at(name), rules, found)
      else wrong(name, 'must be one section')
    } else if (field.kind === 'many') {
      if (!Array.isArray(value) || value.length === 0) wrong(name, 'must be a list that is not empty')
      else
        for (const [i, entry] of value.entries())
          if (isSection(entry)) checkSection(entry, field.of(), `${at(name)}[${i}]`, rules, found)
          else wrong(`${name}[${i}]`, 'must be a section')
    } else {
      const why = scalarProblem(name, value, field)
      if (why !== undefined) wrong(name, why)
      else if (field.kind === 'code' && field.list !== undefined && !isListed(field, value, rules))
        found.push(problem('SPS_CODE_NOT_LISTED', `${name} "${value}" is not in the list`, at(name)))
    }
  }
}

const isListed = ({ list = '', except }: { list?: string; except?: string }, value: unknown, rules: Rules): boolean =>
  rules.extraCodes[list]?.includes(String(value)) ||
  (value !== except && (codeLists[list] ?? []).includes(String(value)))

type Scalar = Exclude<Field, { kind: 'one' | 'many' }>

/** Why a value does not fit its field; undefined where it does. */
function scalarProblem(name: string, value: unknown, field: Scalar): string | undefined {
  if (field.kind === 'boolean') return typeof value === 'boolean' ? undefined : 'must be true or false'
  if (field.kind === 'number' || field.kind === 'integer') {
    if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) >= 1e15) return 'must be a number'
    if (field.kind === 'integer' && !Number.isInteger(value)) return 'must be a whole number'
    return /Percent(age)?$/.test(name) && (value < 0 || value > 100) ? 'must be between 0 and 100' : undefined
  }
  if (typeof value !== 'string' || value.trim() === '') return 'must be a text that is not empty'
  if (field.kind === 'date')
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && toDay(value) ? undefined : 'must be a date YYYY-MM-DD'
  if (field.kind === 'time')
    return timeOfDay.test(value) ? undefined : 'must be a time HH:MM:SS with offset, such as 15:30:00-05:00'
  if (field.kind === 'code') return /\s/.test(value) ? 'must be a code without blanks' : undefined
  return field.max !== undefined && value.length > field.max ? `must not exceed ${field.max} characters` : undefined
}

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Packs of a shipment: an SSCC is right and stands once in the document, a pack holds something. */
function checkPacks(record: unknown): Problem[] {
  const seen = new Set<string>()
  const found: Problem[] = []
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const [i, entry] of value.entries()) walk(entry, `${path}[${i}]`)
    if (!isSection(value)) return
    if (isSection(value.Pack)) checkPack(value, value.Pack, path)
    for (const name of ['OrderLevel', 'PackLevel'])
      if (name in value) walk(value[name], path ? `${path}.${name}` : name)
  }
  const checkPack = (level: Section, pack: Section, path: string): void => {
    if (!('ItemLevel' in level) && !('PackLevel' in level))
      found.push(problem('SPS_DOCUMENT_INVALID', 'the pack holds neither items nor packs', path))
    const id = pack.ShippingSerialID
    if (typeof id !== 'string') return
    const at = `${path}.Pack.ShippingSerialID`
    if (!id.startsWith('00') || !isSscc(id.slice(2)))
      found.push(problem('SPS_SSCC_INVALID', `"${id}" is not 00 and an SSCC of 18 digits with a right check digit`, at))
    else if (seen.has(id)) found.push(problem('SPS_SSCC_INVALID', `SSCC ${id} is on more than one pack`, at))
    seen.add(id)
  }
  walk(record, '')
  return found
}
