import { problemCodes } from '../../lib/core/problem-codes/index.ts'
import type { Problem } from '../../lib/core/problems.ts'
import { indented, wrap } from '../layout.ts'
import type { Terminal } from '../terminal.ts'

/** Where the runbook says more about a code. */
export const runbookLink = (code: string): string => `docs/runbook.md#${code.toLowerCase()}`

/** One problem in words: code, message, where, and what to do about it. */
export function problemText(problem: Problem, terminal: Terminal, options: { remedy: boolean }): string {
  // A setting is found by its path; its code and the general remedy add nothing.
  if (problem.code === 'CONFIGURATION')
    return wrap(`${problem.path ?? 'the file'}: ${problem.message}`, terminal.width - 4, '    ')
  const lines = [`${terminal.style('yellow', problem.code)} ${problem.message}`]
  if (problem.path) lines.push(`  at ${problem.path}`)
  const remedy = problemCodes[problem.code]?.remedy
  if (options.remedy && remedy) lines.push(`  ${terminal.style('dim', 'to do:')} ${remedy}`)
  return lines.map((line) => wrap(line, terminal.width - 4, '    ')).join('\n')
}

/** Problems under a title; the remedy of a code stands at its first problem only. Nothing where there are none. */
export function problemsText(title: string, problems: readonly Problem[], terminal: Terminal): string[] {
  if (problems.length === 0) return []
  const told = new Set<string>()
  const texts = problems.map((problem) => {
    const text = problemText(problem, terminal, { remedy: !told.has(problem.code) })
    told.add(problem.code)
    return indented(text, '    ')
  })
  return [`  ${title}`, ...texts]
}
