import { externalIdKey, labelOf } from '../constraints.ts'
import type { Environment } from '../env.ts'
import { PythonError } from '../errors.ts'
import type { Field, Value, Values } from '../model.ts'
import { isDay } from '../values.ts'
import { checkText, idOf, pythonType } from './external-ids.ts'
import type { Draft } from './extract.ts'
import { notFound, reference } from './references.ts'

/** What `load` says of one record, in Odoo's own shape. */
export interface Message {
  rows: { from: number; to: number }
  type: 'error' | 'warning'
  record: number
  message: string
  field?: string
  moreinfo?: Value
  field_name?: string
}

/** Why a cell does not fit its field. */
export class Misfit extends Error {
  readonly more: Value | undefined
  constructor(message: string, more?: Value) {
    super(message)
    this.more = more
  }
}

/** Texts of one record into values, with a message for each that does not fit. */
export class Converter {
  private readonly env: Environment
  private readonly place: Pick<Message, 'rows' | 'record'>
  private readonly messages: Message[]

  constructor(env: Environment, place: Pick<Message, 'rows' | 'record'>, messages: Message[]) {
    this.env = env
    this.place = place
    this.messages = messages
  }

  record(model: string, cells: Draft['values']): Values {
    const values: Values = {}
    checkText(cells.id as Value | undefined)
    for (const [name, cell] of Object.entries(cells)) {
      if (name === 'id' || name === '.id') continue
      const field = this.env.definition(model).fields[name]
      if (!field) continue
      const label = field.string ?? labelOf(name)
      try {
        values[name] = this.value(field, label, cell)
      } catch (error) {
        if (!(error instanceof Misfit)) throw error
        const { rows, record } = this.place
        this.messages.push({
          rows,
          type: 'error',
          record,
          field: name,
          message: error.message,
          ...(error.more === undefined ? {} : { moreinfo: error.more }),
          field_name: label,
        })
      }
    }
    return values
  }

  private value(field: Field, label: string, cell: Value | Draft[]): Value {
    if (field.type === 'one2many') return (cell as Draft[]).flatMap((line) => this.line(field, label, line))
    if (field.type === 'many2one' || field.type === 'many2many') {
      const [how, text] = referenceOf(cell)
      if (field.type === 'many2one')
        return text === '' ? false : (reference(this.env, field, label, how, text) ?? false)
      const names = text === '' ? [] : text.split(',')
      return [[6, 0, names.map((name) => reference(this.env, field, label, how, name.trim()) ?? 0)]]
    }
    return plain(field, label, cell as Value)
  }

  /** A line: updated where its external id is known, else made, with that external id. */
  private line(field: Field, label: string, draft: Draft): Value[] {
    const relation = field.relation ?? ''
    const externalId = checkText(draft.values.id as Value | undefined)
    const dbId = draft.values['.id']
    const values: Values = {}
    for (const [name, cell] of Object.entries(draft.values)) {
      const inner = this.env.definition(relation).fields[name]
      if (name === 'id' || name === '.id' || !inner) continue
      values[name] = this.value(inner, `${label}/${inner.string ?? labelOf(name)}`, cell)
    }
    const known = dbId ? Number(dbId) : externalId ? idOf(this.env, externalId, relation) : undefined
    if (dbId && !this.env.transaction.row(relation, Number(dbId)))
      throw notFound('database id', String(dbId), label, relation)
    if (known !== undefined)
      return [
        [4, known, 0],
        [1, known, values],
      ]
    return [[0, 0, externalId ? { ...values, [externalIdKey]: externalId } : values]]
  }
}

function referenceOf(cell: Value | Draft[]): [how: 'id' | '.id' | 'name', text: string] {
  const [draft] = Array.isArray(cell) ? (cell as Draft[]) : []
  if (!draft) return ['name', cell === false || cell === null ? '' : String(cell)]
  if ('id' in draft.values) return ['id', checkText(draft.values.id as Value)]
  const dbId = draft.values['.id']
  return ['.id', dbId === undefined || dbId === false || dbId === null ? '' : String(dbId)]
}

function plain(field: Field, label: string, cell: Value): Value {
  if (field.type === 'boolean') return boolean(label, cell)
  if (cell === '' || cell === false || cell === null) return false
  const text = String(cell)
  switch (field.type) {
    case 'integer':
      if (!/^\s*[+-]?\d+\s*$/.test(text))
        throw new Misfit(`'${text}' does not seem to be an integer for field '${label}'`)
      return Number(text)
    case 'float':
    case 'monetary':
      if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text))
        throw new Misfit(`'${text}' does not seem to be a number for field '${label}'`)
      return Number(text)
    case 'date':
      if (!isDay(text.slice(0, 10)))
        throw new Misfit(
          `'${text}' does not seem to be a valid date for field '${label}'`,
          "Use the format '2012-12-31'",
        )
      return text.slice(0, 10)
    case 'datetime':
      if (!isDay(text) && !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text))
        throw new Misfit(
          `'${text}' does not seem to be a valid datetime for field '${label}'`,
          "Use the format '2012-12-31 23:59:59'",
        )
      return text
    case 'selection': {
      const found = field.selection?.find(([key, name]) => key === text || name.toLowerCase() === text.toLowerCase())
      if (found) return found[0]
      const names = (field.selection ?? []).map(([, name]) => name)
      throw new Misfit(`Value '${text}' not found in selection field '${label}'`, names)
    }
    case 'json':
      return JSON.parse(text) as Value
    default:
      return cell
  }
}

function boolean(label: string, cell: Value): Value {
  if (cell === false || cell === null || cell === '') return false
  if (typeof cell !== 'string')
    throw new PythonError('AttributeError', `'${pythonType(cell)}' object has no attribute 'lower'`)
  const text = cell.toLowerCase()
  if (['1', 'true', 'yes'].includes(text)) return true
  if (['0', 'false', 'no'].includes(text)) return false
  throw new Misfit(`Unknown value '${cell}' for boolean field '${label}'`, "Use '1' for yes and '0' for no")
}
