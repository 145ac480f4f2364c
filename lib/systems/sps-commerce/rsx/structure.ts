/**
 * The structure of an RSX document as data: which fields a section has, in which order (the element order in XML),
 * and of which kind. One description serves the validator, the XML serializer and the typed reader, and the
 * compiler checks it against the record types (a field missing on either side does not compile).
 */
export type Field =
  | { kind: 'text'; required?: true; max?: number }
  | { kind: 'number'; required?: true }
  | { kind: 'integer'; required?: true }
  | { kind: 'boolean'; required?: true }
  | { kind: 'date'; required?: true }
  | { kind: 'time'; required?: true }
  /** `list` names a closed code list of code-lists.ts (less `except`); without it only the form is checked. */
  | { kind: 'code'; required?: true; list?: string; except?: string }
  | { kind: 'one'; of: () => Sections; required?: true }
  | { kind: 'many'; of: () => Sections; required?: true }

export type Sections = { readonly [name: string]: Field }

type Scalar = Exclude<Field['kind'], 'one' | 'many'>
type FieldOf<T> =
  NonNullable<T> extends readonly unknown[]
    ? Extract<Field, { kind: 'many' }>
    : NonNullable<T> extends object
      ? Extract<Field, { kind: 'one' }>
      : NonNullable<T> extends number
        ? Extract<Field, { kind: 'number' | 'integer' }>
        : NonNullable<T> extends boolean
          ? Extract<Field, { kind: 'boolean' }>
          : Extract<Field, { kind: Exclude<Scalar, 'number' | 'integer' | 'boolean'> }>

/** The structure of a record type: every field of it, no other, of the right kind. */
export type Structure<T> = { readonly [K in keyof T]-?: FieldOf<T[K]> }

export const text = { kind: 'text' } as const
export const identifier = { kind: 'text', required: true } as const
export const partnerId = { kind: 'text', required: true, max: 15 } as const
export const number = { kind: 'number' } as const
export const integer = { kind: 'integer' } as const
export const flag = { kind: 'boolean' } as const
export const date = { kind: 'date' } as const
export const time = { kind: 'time' } as const
export const code = { kind: 'code' } as const
export const codeOf = (list: string) => ({ kind: 'code', list }) as const
/** A code of a list that this document may use all but one of. */
export const codeBut = (list: string, except: string) => ({ kind: 'code', list, except }) as const
export const one = (of: () => Sections) => ({ kind: 'one', of }) as const
export const many = (of: () => Sections) => ({ kind: 'many', of }) as const
export const theOne = (of: () => Sections) => ({ kind: 'one', of, required: true }) as const
