/*
 * Reads the XML that RSX uses: elements and text. Attributes and namespaces carry nothing there and are dropped;
 * values stay text. Written here because a general parser is a third of what the mapper may weigh, and because a
 * document type declaration must be refused rather than obeyed. Strict: what is not well formed is an error, so that
 * a file cut off in the middle is never taken for a short order.
 */

interface Open {
  name: string
  text: string
  fields: { [name: string]: unknown } | undefined
}

// Comment, CDATA, processing instruction, or a tag with its attributes.
const markup =
  /<(?:!--[\s\S]*?-->|!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>|\?[\s\S]*?\?>|(?<end>\/?)(?<name>[^\s<>/!?="']+)(?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/?)>)/y

const deepest = 100

/** The document as nested objects: {Orders: {Order: [...]}}. Throws SyntaxError. */
export function parseXml(text: string): { [name: string]: unknown } {
  const root: Open = { name: '', text: '', fields: undefined }
  const open: Open[] = [root]
  for (let at = 0; at < text.length; ) {
    const current = open.at(-1) as Open
    const next = text.indexOf('<', at)
    current.text += decode(text.slice(at, next === -1 ? undefined : next))
    if (next === -1) break
    markup.lastIndex = next
    const groups = markup.exec(text)?.groups
    if (groups === undefined) throw new SyntaxError(`no markup at position ${next}`)
    at = markup.lastIndex
    const { cdata, end, name, empty } = groups
    if (cdata !== undefined) current.text += cdata
    else if (name !== undefined) {
      if (end === '/') close(open, name)
      else if (open.length > deepest) throw new SyntaxError('nested too deeply')
      else open.push({ name, text: '', fields: undefined })
      if (empty === '/') close(open, name)
    }
  }
  if (open.length > 1) throw new SyntaxError(`${open.at(-1)?.name} is not closed`)
  const roots = Object.values(root.fields ?? {})
  if (roots.length !== 1 || Array.isArray(roots[0]) || root.text.trim() !== '')
    throw new SyntaxError('there must be one root element and no text beside it')
  return root.fields ?? {}
}

/** Ends an element: its value joins its parent, as a list where the name repeats. */
function close(open: Open[], name: string): void {
  const element = open.pop()
  const parent = open.at(-1)
  if (element === undefined || parent === undefined || element.name !== name)
    throw new SyntaxError(`</${name}> closes nothing`)
  const value = element.fields ?? element.text
  const local = name.slice(name.indexOf(':') + 1)
  // No prototype: an element may have any name.
  parent.fields ??= Object.create(null) as { [name: string]: unknown }
  const before = parent.fields[local]
  if (before === undefined) parent.fields[local] = value
  else if (Array.isArray(before)) before.push(value)
  else parent.fields[local] = [before, value]
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five named entities and numeric references, in one pass. Any other entity would need a declaration. */
const decode = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:(\w+)|#(\d{1,7})|#x([\da-fA-F]{1,6}));|&/g, (all, name, decimal, hexadecimal) => {
        const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : undefined
        const character = code === undefined ? named[name ?? ''] : fromCode(code)
        if (character === undefined) throw new SyntaxError(`${all} stands for nothing`)
        return character
      })
    : text

const fromCode = (code: number): string | undefined =>
  code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? undefined : String.fromCodePoint(code)
