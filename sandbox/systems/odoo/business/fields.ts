import type { Field, FieldType } from '../orm/model.ts'

type More = Omit<Partial<Field>, 'type' | 'relation'>

const field =
  (type: FieldType) =>
  (more: More = {}): Field => ({ type, ...more })

/* One function for each type, so that a model reads as a list of what it has. */
export const char = field('char')
export const text = field('text')
export const html = field('html')
export const integer = field('integer')
export const float = field('float')
export const monetary = field('monetary')
export const boolean = field('boolean')
export const date = field('date')
export const datetime = field('datetime')
export const json = field('json')

export const many2one = (relation: string, more: More = {}): Field => ({ type: 'many2one', relation, ...more })
export const many2many = (relation: string, more: More = {}): Field => ({ type: 'many2many', relation, ...more })
/** `inverse` is the many2one of `relation` that points here. */
export const one2many = (relation: string, inverse: string, more: More = {}): Field => ({
  type: 'one2many',
  relation,
  inverse,
  ...more,
})
/** Keys with their labels. */
export const selection = (labels: { [key: string]: string }, more: More = {}): Field => ({
  type: 'selection',
  selection: Object.entries(labels),
  ...more,
})
/** A value at the end of a path of many2ones. */
export const related = (type: FieldType, path: string, more: Omit<Partial<Field>, 'type'> = {}): Field => ({
  type,
  related: path,
  readonly: true,
  ...more,
})
