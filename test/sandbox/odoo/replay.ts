import { readFileSync } from 'node:fs'
import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import { Bindings, type Fields } from './bindings.ts'
import { plain } from './plain.ts'
import { type Answer, asAdmin } from './rpc.ts'

/** One recorded call (odoo.md, flows): what was asked and what the live server answered. */
export interface Step {
  note?: string
  call: string
  args: unknown[]
  kwargs?: { [name: string]: unknown }
  result?: unknown
  fault?: { faultCode: number; faultString: string }
}

export function flow(version: number, name: string): Step[] {
  const file = new URL(`../../fixtures/odoo/flows/v${version}/${name}.jsonl`, import.meta.url)
  const [, ...steps] = readFileSync(file, 'utf8').trim().split('\n')
  return steps.map((line) => JSON.parse(line) as Step)
}

/** Repeats recorded calls over HTTP; ids of the recording and of the sandbox are matched up as they turn up. */
export class Replay {
  readonly bindings: Bindings
  /** What was answered otherwise than recorded, as text. */
  readonly differences: string[] = []
  private readonly ask: ReturnType<typeof asAdmin>
  private readonly known = new Map<string, Promise<Fields>>()

  constructor(sandbox: SandboxOdoo, ignored: readonly string[] = []) {
    this.ask = asAdmin(sandbox)
    this.bindings = new Bindings((model) => this.fields(model), ignored)
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      const dot = step.call.lastIndexOf('.')
      const [model, method] = [step.call.slice(0, dot), step.call.slice(dot + 1)]
      const kwargs = { ...step.kwargs }
      const has = await this.fields(model)
      if (Array.isArray(kwargs.fields))
        kwargs.fields = kwargs.fields.filter((name) => String(name).includes('.') || has[name])
      if (kwargs.context) kwargs.context = await this.bindings.context(kwargs.context as { [key: string]: unknown })
      const args = await this.bindings.args(model, method, step.args)
      const answer = await this.ask(model, method, args, kwargs)
      const before = this.differences.length
      await this.compare(step, model, method, answer)
      for (let at = before; at < this.differences.length; at += 1)
        this.differences[at] = `${step.call} ${JSON.stringify(step.args).slice(0, 120)}: ${this.differences[at]}`
    }
  }

  private async compare(step: Step, model: string, method: string, answer: Answer): Promise<void> {
    const nothing = step.fault?.faultString.includes('cannot marshal None')
    if (nothing) {
      if (answer.error || answer.result !== undefined)
        this.differences.push(`nothing expected, got ${JSON.stringify(answer)}`)
    } else if (step.fault) {
      const wanted = step.fault.faultString.replace(/^\w+Error: /, '')
      const got = answer.error ?? JSON.stringify(answer.result)
      if (plain(got) !== plain(wanted)) this.differences.push(`fault "${wanted}" expected, got "${got}"`)
    } else if (answer.error) this.differences.push(`got the fault "${answer.error}"`)
    else this.differences.push(...(await this.bindings.result(model, method, step.result, answer.result)))
  }

  private fields(model: string): Promise<Fields> {
    const known =
      this.known.get(model) ??
      this.ask(model, 'fields_get', [], { attributes: ['type', 'relation'] }).then(
        ({ result }) => (result ?? {}) as Fields,
      )
    this.known.set(model, known)
    return known
  }
}
