import { sha256 } from './hash.ts'
import type { Problem } from './problems.ts'

/**
 * What a failure comes from, however its text varies: the code and, where a table's row would mend it, that row; else
 * the place in the document and the words without what is this document's own (its numbers, quantities, times). So
 * five hundred documents of a partner that is missing are one cause, and two missing partners are two.
 * @param own numbers of the document itself, which its messages may quote
 * @returns "PARTNER_UNKNOWN-3f9a1c", stable over releases as long as code and message stay
 */
export function causeOf({ code, message, path, row }: Problem, own: readonly string[] = []): string {
  const what = row
    ? [row.table, ...Object.entries(row.cells).flat()]
    : [(path ?? '').replaceAll(/\[\d+\]/g, ''), withoutOwn(message, own)]
  return `${code}-${sha256(what.join('\n'), 6)}`
}

function withoutOwn(message: string, own: readonly string[]): string {
  let text = message
  for (const number of own) if (number.length > 2) text = text.replaceAll(number, '#')
  return text.replaceAll(/\d+/g, '#')
}
