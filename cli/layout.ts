import { stripVTControlCharacters } from 'node:util'

/** Columns a text takes on a terminal: wide characters take two, combining ones none. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of stripVTControlCharacters(text)) {
    if (/\p{Mark}|\u200b|\u200d|\ufe0f/u.test(character)) continue
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1
  }
  return width
}

const pad = (text: string, width: number, right: boolean): string => {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? blanks + text : text + blanks
}

export interface Column {
  title: string
  /** Numbers stand on the right. */
  right?: boolean
}

/** A table as lines of text: a header line, then the rows, columns two blanks apart. No trailing blanks. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((column, i) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[i] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    columns
      .map((column, i) => pad(cells[i] ?? '', widths[i] ?? 0, column.right === true))
      .join('  ')
      .trimEnd()
  return [line(columns.map((c) => c.title)), ...rows.map(line)]
}

/** Breaks a text at blanks so that no line is wider than `width`; later lines begin with `indent`. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let current = /^ */.exec(paragraph)?.[0] ?? ''
    for (const word of paragraph.trimStart().split(' ')) {
      const longer = current.trim() === '' ? current + word : `${current} ${word}`
      if (current.trim() !== '' && widthOf(longer) > Math.max(20, width - widthOf(indent))) {
        lines.push(current)
        current = word
      } else current = longer
    }
    lines.push(current)
  }
  return lines.join(`\n${indent}`)
}

/** "1 document", "3 documents". */
export const count = (n: number, thing: string, things = `${thing}s`): string => `${n} ${n === 1 ? thing : things}`

/** Every line of a text indented. */
export const indented = (text: string, by = '  '): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : by + line))
    .join('\n')

/** A text cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break
    kept += character
  }
  return `${kept}…`
}

/** A text written over several lines in the source as paragraphs: single line breaks become blanks. */
export const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((one) => one.replaceAll(/\s*\n\s*/g, ' '))
    .join('\n\n')
