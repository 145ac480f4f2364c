/** An answer that is no XML-RPC. Never holds any of the content. */
export class XmlRpcError extends Error {
  override readonly name = 'XmlRpcError'
}

const lessThan = 60
const slash = 47

/**
 * Walks over the little XML that XML-RPC is: elements without attributes, text, CDATA. Anything else is refused, above
 * all document types, which is where XML's dangers are. No tree is built and no tag is cut out of the text.
 */
export class Scanner {
  readonly #xml: string
  #at = 0

  constructor(xml: string) {
    this.#xml = xml
  }

  /** The declaration, if there is one. Another processing instruction or a document type is refused by what follows. */
  prolog(): void {
    if (this.#xml.charCodeAt(0) === 0xfeff) this.#at = 1
    if (!this.#xml.startsWith('<?xml ', this.#at) && !this.#xml.startsWith('<?xml?', this.#at)) return
    const end = this.#xml.indexOf('?>', this.#at)
    if (end < 0 || end - this.#at > 200) throw new XmlRpcError('a declaration without end')
    const encoding = /encoding\s*=\s*["']([^"']*)/.exec(this.#xml.slice(this.#at, end))?.[1] ?? 'utf-8'
    if (!/^(utf-?8|us-ascii)$/i.test(encoding)) throw new XmlRpcError('an encoding other than UTF-8')
    this.#at = end + 2
  }

  /** Goes past a tag, written in full ("<value>", "</value>"), blanks before it too. */
  must(tag: string): void {
    if (!this.has(tag)) throw new XmlRpcError(`expected ${tag}`)
  }

  /** The same where the tag is next; else false, and nothing but blanks is gone past. */
  has(tag: string): boolean {
    this.#at = this.#blanksEnd()
    if (!this.#xml.startsWith(tag, this.#at)) return false
    this.#at += tag.length
    return true
  }

  /**
   * What stands in the tag that opens here ("string", "nil/" for an empty one), gone past; undefined where text or a
   * closing tag is next. Blanks before it belong to the text of an untyped value and are left.
   */
  opened(): string | undefined {
    const start = this.#blanksEnd()
    if (this.#xml.charCodeAt(start) !== lessThan) return undefined
    const after = this.#xml.charCodeAt(start + 1)
    if (after === slash || after === 33) return undefined
    const end = this.#xml.indexOf('>', start)
    if (end < 0 || end - start > 20) throw new XmlRpcError('a tag without end')
    this.#at = end + 1
    return this.#xml.slice(start + 1, end)
  }

  /** The text up to the next tag, entities and CDATA read. */
  text(): string {
    let collected = ''
    for (;;) {
      const end = this.#xml.indexOf('<', this.#at)
      if (end < 0) throw new XmlRpcError('the content is cut off')
      const part = this.#xml.slice(this.#at, end)
      collected += part.includes('&') ? unescaped(part) : part
      this.#at = end
      if (this.#xml.charCodeAt(end + 1) !== 33) return collected
      if (!this.#xml.startsWith('<![CDATA[', end)) throw new XmlRpcError('a comment or document type')
      const close = this.#xml.indexOf(']]>', end)
      if (close < 0) throw new XmlRpcError('the content is cut off')
      collected += this.#xml.slice(end + 9, close)
      this.#at = close + 3
    }
  }

  /** Nothing may follow. */
  end(): void {
    if (this.#blanksEnd() !== this.#xml.length) throw new XmlRpcError('content after the end')
  }

  #blanksEnd(): number {
    let at = this.#at
    for (;;) {
      const code = this.#xml.charCodeAt(at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at
      at += 1
    }
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/.test(text)) throw new XmlRpcError('an unknown entity')
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (_, entity: string) => {
    const known = named[entity]
    if (known !== undefined) return known
    const code = entity.startsWith('#x') ? Number.parseInt(entity.slice(2), 16) : Number.parseInt(entity.slice(1), 10)
    const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0
    if (!isCharacter) throw new XmlRpcError('a reference to no character')
    return String.fromCodePoint(code)
  })
}
