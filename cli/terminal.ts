import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Where a command's words go. Results to standard output; progress, warnings and errors to standard error. */
export interface Terminal {
  print(text?: string): void
  note(text?: string): void
  /** True where standard output is a terminal whose lines can be drawn again. */
  live: boolean
  /** Characters in a line. */
  width: number
  /** Coloured where standard output shows colours (NO_COLOR and FORCE_COLOR are respected). */
  style(style: Style, text: string): string
  /** Raw control text, for drawing in place. Nothing where `live` is false. */
  control(text: string): void
}

/** A pipe that the reader closed ("| head") is no error. */
const quietly = (stream: NodeJS.WriteStream) =>
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process
  quietly(stdout)
  quietly(stderr)
  return {
    print: (text = '') => void stdout.write(`${text}\n`),
    note: (text = '') => void stderr.write(`${text}\n`),
    live: stdout.isTTY === true && env.TERM !== 'dumb' && !env.CI,
    // Some terminals report no width at all.
    width: stdout.columns || 100,
    style: (style, text) => styleText(style, text, { stream: stdout }),
    control: (text) => {
      if (stdout.isTTY) stdout.write(text)
    },
  }
}

/** Collects what a command says, without colours. For tests and for commands that run inside others. */
export function collectingTerminal(): Terminal & { printed(): string; noted(): string } {
  const out: string[] = []
  const err: string[] = []
  return {
    print: (text = '') => void out.push(text),
    note: (text = '') => void err.push(text),
    live: false,
    width: 100,
    style: (_style, text) => text,
    control: () => undefined,
    printed: () => out.join('\n'),
    noted: () => err.join('\n'),
  }
}
