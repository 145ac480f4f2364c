import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { Command } from 'commander'
import type { InvocationResult } from '../../sandbox/aws/index.ts'
import { existingState, usualState } from '../deployment/local.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { onSignal } from '../run/signals.ts'
import { openWorkplace, type Workplace } from '../run/workplace.ts'
import { didYouMean } from '../suggest.ts'
import type { Terminal } from '../terminal.ts'

export interface InvokeOptions {
  state?: string
  json?: boolean
}

export const invokeCommand = (run: Run): Command =>
  new Command('invoke')
    .summary('one Lambda function with one event, on the state of a run')
    .description(
      paragraphs(`
Runs one function of the synthesised stack in the embedded AWS, with its own role and environment, and prints what it
answered and logged. Functions are "map", "keep", "poll/<connection>", "push/<connection>" and "webhook-<system>", which
takes an event of API Gateway; sample events are in events/. What a function put into queues is worked on before the
command ends, the poll that a webhook asks for included.`),
    )
    .argument('<function>', 'such as poll/sps')
    .argument('<event.json>', 'file with the event; - reads standard input')
    .option('--state <dir>', `state directory of a run on this machine (default: ${usualState}, the last run)`)
    .option('--json', 'one JSON object instead of text')
    .addHelpText('after', `${exitCodeHelp}\n     1 also where the function ended with an error`)
    .addHelpText('after', `\nExample:\n  ${commandLine('invoke', 'poll/sps', 'events/poll.json')}`)
    .action((name: string, file: string, options: InvokeOptions) =>
      run(options, (terminal) => invoke(name, file, options, terminal)),
    )

/** @returns 1 where the function itself failed */
export async function invoke(
  name: string,
  file: string,
  options: InvokeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const event = readEvent(file)
  const stateDir = existingState(options.state)
  const signals = onSignal()
  const workplace = await openWorkplace({ stateDir, signal: signals.signal, say: (text) => terminal.note(text) })
  try {
    const names = functionsOf(workplace)
    const reference = names.get(name.replace(/^webhook\//, 'webhook-'))
    if (reference === undefined)
      throw new WrongUse(`there is no function "${name}"; ${didYouMean(name, [...names.keys()])}`)
    const result = await workplace.embedded.invoke(reference, event)
    // What it put into queues and onto the bus belongs to the answer.
    await hintsTaken(workplace)
    await workplace.embedded.idle({ timeoutMs: 60_000, ignoreDelayed: true })
    if (options.json) terminal.print(JSON.stringify({ function: name, ...result }, null, 2))
    else show(name, result, options, terminal)
    return result.error ? exitCodes.found : exitCodes.ok
  } finally {
    await workplace.close()
    signals.done()
  }
}

/** Functions by the names people use, which are those of the folders in functions/. */
function functionsOf({ outputs }: Workplace): Map<string, string> {
  const names = new Map([
    ['map', outputs.shared.MapperFunction],
    ['keep', outputs.shared.KeeperFunction],
    ['watch', outputs.shared.WatcherFunction],
  ])
  for (const { name, system, poller, pusher, webhook } of outputs.connections) {
    if (poller) names.set(`poll/${name}`, poller)
    names.set(`push/${name}`, pusher)
    if (webhook) names.set(`webhook-${system}`, webhook.function)
  }
  return names
}

/** A hint waits some seconds before its poll; where nothing takes hints (a dry run) there is nothing to wait for. */
async function hintsTaken({ embedded, outputs }: Workplace): Promise<void> {
  const consumed = new Set(embedded.deployment.mappings.filter((m) => m.enabled).map((m) => m.queue))
  const queues = outputs.connections.flatMap(({ webhook }) => {
    const queue = webhook && embedded.queues.find(webhook.hintsQueueUrl)
    return queue && consumed.has(queue.name) ? [queue] : []
  })
  const waiting = () =>
    queues.some((queue) => {
      const { visible, inFlight, delayed } = embedded.queues.depth(queue)
      return visible + inFlight + delayed > 0
    })
  const until = performance.now() + 60_000
  while (waiting() && performance.now() < until) await delay(50)
}

function show(name: string, result: InvocationResult, { state }: InvokeOptions, terminal: Terminal): void {
  const { durationMs, initMs, error, payload } = result
  terminal.print(
    `${terminal.style('bold', name)}  ${durationMs.toFixed(0)} ms, of which ${initMs.toFixed(0)} ms loading`,
  )
  if (error) terminal.print(`${terminal.style('red', error.errorType)}: ${error.errorMessage}`)
  else terminal.print(JSON.stringify(payload ?? null, null, 2))
  terminal.print(`Its log is in ${state ?? usualState}/logs.`)
}

function readEvent(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new WrongUse(`there is no file ${file}; sample events are in events/`)
    throw new WrongUse(`${file} is no JSON event: ${message}`)
  }
}
