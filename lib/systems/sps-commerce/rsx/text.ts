import { parseXml } from './xml.ts'

/** Why a text is no document, in words for the exception list. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText'
}

const encodings: [string, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** Bytes as text: by byte order mark, else by the encoding an XML declaration names, else UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  const marked = encodings.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))
  if (marked) return new TextDecoder(marked[0]).decode(bytes)
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/i.exec(head)?.[1]
  try {
    return new TextDecoder(declared ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder('utf-8').decode(bytes)
  }
}

/**
 * Text as a value: XML where it begins with "<", JSON where with "{" or "[", after an optional byte order mark; the
 * file's name says nothing (sps-commerce.md 3.2). XML values stay text, leading zeros included. Throws UnreadableText.
 */
export function parseText(given: string): unknown {
  const text = given.replace(/^\uFEFF/, '').trim()
  if (text.startsWith('<')) return readXml(text)
  if (text.startsWith('{') || text.startsWith('[')) return parseJson(text)
  throw new UnreadableText(text === '' ? 'it is empty' : 'it begins neither with "<" nor with "{" or "["')
}

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown

/** JSON; an integer of more digits than a number holds exactly is kept as the text it was written with. */
export function parseJson(text: string): unknown {
  const exact: Reviver = (_key, value, context) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value
  try {
    return JSON.parse(text, /\d{16}/.test(text) ? (exact as Parameters<typeof JSON.parse>[1]) : undefined)
  } catch {
    throw new UnreadableText('it is not valid JSON (cut off or damaged)')
  }
}

function readXml(text: string): unknown {
  if (/<!(DOCTYPE|ENTITY)/i.test(text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '')))
    throw new UnreadableText('it has a document type declaration, which is not accepted')
  try {
    return parseXml(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new UnreadableText(`it is not valid XML (cut off or damaged): ${error.message}`)
  }
}
