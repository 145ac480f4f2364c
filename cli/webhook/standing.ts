import { count, wrap } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Terminal } from '../terminal.ts'
import type { Outcome } from './signed.ts'

/** How a system's subscriptions stand, in words, with what to do next. */
export function showStanding(
  name: string,
  { standing, settled, right, previousAccepted }: Outcome,
  where: readonly string[],
  terminal: Terminal,
): void {
  const line = (text: string) => terminal.print(wrap(text, terminal.width, '  '))
  const { kept, dispensable, foreign, lacking, polled } = standing
  const refused = settled?.refused ?? []
  terminal.print()
  for (const { topics } of settled?.created ?? []) line(`Subscribed to ${topics.join(', ')}.`)
  for (const { url, why } of settled?.deleted ?? []) line(`Deleted a subscription of ${url}: ${why}.`)
  const told = new Set(kept.flatMap(({ topics }) => topics))
  line(
    `${count(told.size, 'topic')} at ${count(kept.length, 'subscription')} of ours${told.size > 0 ? `: ${[...told].join(', ')}` : ''}`,
  )
  for (const { url, why } of dispensable) line(`Of no use: one of ${url}, ${why}.`)
  const without = [...new Set([...polled, ...refused])]
  if (without.length > 0)
    line(terminal.style('yellow', `Polled only, since ShipBob does not tell of them: ${without.join(', ')}`))
  const missing = lacking.filter((topic) => !without.includes(topic))
  if (missing.length > 0)
    line(terminal.style('red', `Nobody tells us of ${missing.join(', ')}; polls still see it, later.`))
  for (const { id } of foreign)
    line(terminal.style('yellow', `Subscription ${id} has this URL and was made by somebody else; it is left alone.`))
  if (!right) {
    terminal.print('Next, to have it right:')
    terminal.print(`  ${commandLine('webhook', name, '--register', ...where)}`)
  } else if (previousAccepted) {
    terminal.print('The secret before is accepted too. Next, when repeats of earlier deliveries are over (28 hours):')
    terminal.print(`  ${commandLine('webhook', name, '--revoke', ...where)}`)
  }
}
