const entities: { readonly [name: string]: string } = { nbsp: ' ', lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

const codePoint = (code: number): string => (code > 0 && code < 0x110000 ? String.fromCodePoint(code) : '')

/**
 * The text of an HTML field (odoo.md §3.1: notes are sanitised HTML); undefined where nothing is left. Blocks and
 * breaks become lines; text without tags stays as it is.
 */
export function plainText(html: string | undefined): string | undefined {
  const text = (html ?? '')
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h\d)\b[^>]*>/gi, '\n')
    .replace(/<[a-z!/][^>]*>/gi, '')
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => codePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d{1,7});/g, (_, code: string) => codePoint(Number(code)))
    .replace(/&(\w{2,4});/g, (whole, name: string) => entities[name] ?? whole)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return text === '' ? undefined : text
}
