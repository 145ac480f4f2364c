/** A DynamoDB attribute value in wire form. */
export type Value = { [type in 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M']?: unknown }
export type Item = Record<string, Value>

/**
 * Bytes of an item as DynamoDB bills them: UTF-8 names and values, numbers about a byte for two digits, binary as
 * decoded, and 3 bytes plus one an element for a list or map.
 */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0)

function valueBytes(value: Value): number {
  const [type, content] = Object.entries(value)[0] ?? ['NULL', true]
  switch (type) {
    case 'S':
      return Buffer.byteLength(content as string)
    case 'N':
      return numberBytes(content as string)
    case 'B':
      return Buffer.byteLength(content as string, 'base64')
    case 'SS':
    case 'NS':
    case 'BS':
      return (content as string[]).reduce((sum, v) => sum + valueBytes({ [type[0] as 'S']: v }), 0)
    case 'L':
      return 3 + (content as Value[]).reduce((sum, v) => sum + 1 + valueBytes(v), 0)
    case 'M':
      return 3 + Object.keys(content as Item).length + itemBytes(content as Item)
    default:
      return 1
  }
}

function numberBytes(number: string): number {
  const digits = number.replace(/e.*$/i, '').replace(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length
  return 1 + Math.ceil(digits / 2) + (number.startsWith('-') ? 1 : 0)
}

/** Units of one write: every begun kilobyte of the larger of the item before and after. */
export const writeUnits = (before: Item | undefined, after: Item | undefined): number =>
  Math.max(1, ...[before, after].map((item) => (item ? Math.ceil(itemBytes(item) / 1024) : 0)))

/** Units of one read: every begun 4 KB, half for an eventually consistent one. */
export const readUnits = (bytes: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5)
