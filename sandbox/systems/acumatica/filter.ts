import { exception } from './errors.ts'
import { type ApiRecord, isObject } from './wire.ts'

type Content = string | number | boolean | Date | undefined
type Test = (record: ApiRecord) => boolean

/** One token of a filter: a literal, a path, a word or a sign. */
const token =
  /\s*(?:(datetimeoffset|datetime|date|guid)'([^']*)'|'((?:[^']|'')*)'|cf\.\w+\(f='([\w.]+)'\)|(-?\d+(?:\.\d+)?)[MLdf]?|([A-Za-z_][\w/]*)|([(),]))/y

type Token =
  | { kind: 'literal'; content: Content }
  | { kind: 'custom'; path: string }
  | { kind: 'word'; word: string }
  | { kind: 'sign'; sign: string }

/**
 * The OData 3 subset of acumatica.md §5 as a test of a record. Text compares without regard to case, as the database
 * does. Fields in `hidden` do not exist in the endpoint version asked.
 */
export function parseFilter(text: string, hidden: readonly string[]): Test {
  const tokens = tokenise(text)
  let at = 0
  const peek = () => tokens[at]
  const isWord = (word: string) => {
    const next = peek()
    return next?.kind === 'word' && next.word.toLowerCase() === word
  }
  const isSign = (sign: string) => {
    const next = peek()
    return next?.kind === 'sign' && next.sign === sign
  }
  const expectSign = (sign: string) => {
    if (!isSign(sign)) throw bad(text)
    at += 1
  }

  const either = (): Test => {
    let left = both()
    while (isWord('or')) {
      at += 1
      const [a, b] = [left, both()]
      left = (record) => a(record) || b(record)
    }
    return left
  }
  const both = (): Test => {
    let left = single()
    while (isWord('and')) {
      at += 1
      const [a, b] = [left, single()]
      left = (record) => a(record) && b(record)
    }
    return left
  }
  const single = (): Test => {
    if (isSign('(')) {
      at += 1
      const inner = either()
      expectSign(')')
      return inner
    }
    const next = peek()
    if (next?.kind === 'word' && /^(substringof|startswith|endswith)$/i.test(next.word)) return textTest(next.word)
    const left = operand()
    const operator = peek()
    if (operator?.kind !== 'word' || !(operator.word in comparisons)) throw bad(text)
    at += 1
    const right = operand()
    const test = comparisons[operator.word as keyof typeof comparisons]
    return (record) => {
      const order = compare(left(record), right(record))
      return order === undefined ? operator.word === 'ne' : test(order)
    }
  }
  const textTest = (name: string): Test => {
    at += 1
    expectSign('(')
    const first = operand()
    expectSign(',')
    const second = operand()
    expectSign(')')
    const lower = (content: Content) => String(content ?? '').toLowerCase()
    if (/substringof/i.test(name)) return (record) => lower(second(record)).includes(lower(first(record)))
    if (/startswith/i.test(name)) return (record) => lower(first(record)).startsWith(lower(second(record)))
    return (record) => lower(first(record)).endsWith(lower(second(record)))
  }
  const operand = (): ((record: ApiRecord) => Content) => {
    const next = tokens[at]
    at += 1
    if (next?.kind === 'literal') return () => next.content
    if (next?.kind === 'custom') return (record) => contentAt(record, screenField(next.path))
    if (next?.kind !== 'word') throw bad(text)
    if (next.word === 'true' || next.word === 'false') return () => next.word === 'true'
    if (hidden.includes(next.word)) throw exception('PX.Data.PXException', `The field ${next.word} does not exist.`)
    return (record) => contentAt(record, next.word)
  }

  const test = either()
  if (at !== tokens.length) throw bad(text)
  return test
}

const comparisons = {
  eq: (order: number) => order === 0,
  ne: (order: number) => order !== 0,
  gt: (order: number) => order > 0,
  ge: (order: number) => order >= 0,
  lt: (order: number) => order < 0,
  le: (order: number) => order <= 0,
}

function tokenise(text: string): Token[] {
  const found: Token[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const match = token.exec(text)
    if (!match) throw bad(text)
    const [, type, typed, quoted, custom, number, word, sign] = match
    if (type !== undefined) found.push({ kind: 'literal', content: type === 'guid' ? typed : new Date(String(typed)) })
    else if (quoted !== undefined) found.push({ kind: 'literal', content: quoted.replaceAll("''", "'") })
    else if (custom !== undefined) found.push({ kind: 'custom', path: custom })
    else if (number !== undefined) found.push({ kind: 'literal', content: Number(number) })
    else if (word !== undefined) found.push({ kind: 'word', word })
    else found.push({ kind: 'sign', sign: String(sign) })
  }
  return found
}

/** Screen fields that the contract knows under another name. */
const screenField = (path: string): string =>
  ({
    'Document.CustomerRefNbr': 'ExternalRef',
    'Document.CustomerOrderNbr': 'CustomerOrder',
    'Document.DocType': 'Type',
    'Document.RefNbr': 'ReferenceNbr',
  })[path] ?? String(path.split('.').at(-1))

function contentAt(record: ApiRecord, path: string): Content {
  let found: unknown = record
  for (const step of path.split('/')) {
    if (Array.isArray(found)) throw exception('PX.Data.PXException', 'A filter on detail rows is not supported.')
    found = isObject(found) ? found[step] : undefined
  }
  return isObject(found) && found.value !== null ? (found.value as Content) : undefined
}

function compare(a: Content, b: Content): number | undefined {
  if (a === undefined || b === undefined) return undefined
  if (a instanceof Date || b instanceof Date) {
    const [left, right] = [new Date(a as string).getTime(), new Date(b as string).getTime()]
    return Number.isNaN(left) || Number.isNaN(right) ? undefined : left - right
  }
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b)
  const [left, right] = [String(a).trim().toLowerCase(), String(b).trim().toLowerCase()]
  return left < right ? -1 : left > right ? 1 : 0
}

const bad = (text: string) => exception('Microsoft.OData.ODataException', `The filter cannot be read: ${text}`)
