import type { Deployment } from '../deployment/deployment.ts'
import { count, wrap } from '../layout.ts'
import { commandLine } from '../next.ts'
import { timeText } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'
import type { Verification } from './verify.ts'

/** So many findings are named; --json names all. */
const mostNamed = 40

export function showVerification(result: Verification, deployment: Deployment, terminal: Terminal): void {
  const { items, documents, blocks, chains, first, last, findings, pending } = result
  const when = first && last ? `, written ${timeText(first)} to ${timeText(last)} UTC` : ''
  terminal.print(
    `${deployment.title}: ${count(items, 'item')} of ${count(documents, 'document')} against ${count(blocks, 'audit block')} in ${count(chains, 'chain')}${when}.`,
  )
  terminal.print()
  tell(findings, 'red', terminal)
  if (pending.length > 0) {
    terminal.print('Not attested yet; their worker may be at it, or its messages are not back:')
    tell(pending, 'yellow', terminal)
  }
  if (findings.length === 0)
    terminal.print(`${terminal.style('green', 'Nothing was changed or removed.')} Seal ${result.seal}`)
  else {
    const [one] = findings
    terminal.print(`${terminal.style('red', count(findings.length, 'thing is', 'things are'))} not as written.`)
    if (one?.document) terminal.print(`Next: ${commandLine('trace', one.document, ...deployment.arguments)}`)
  }
}

function tell(findings: Verification['findings'], colour: 'red' | 'yellow', terminal: Terminal): void {
  for (const { document, kind, pk, sk, block, message } of findings.slice(0, mostNamed)) {
    terminal.print(`${terminal.style(colour, kind)}  ${document ?? (sk ? '' : `block ${block ?? ''}`)}`)
    if (pk !== undefined) terminal.print(`  item ${pk} ${sk}`)
    terminal.print(`  ${wrap(message, terminal.width - 2, '  ')}`)
  }
  if (findings.length > mostNamed) terminal.print(`… and ${findings.length - mostNamed} more; --json names all.`)
  if (findings.length > 0) terminal.print()
}
