import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { assemblyOf, changedAssembly } from './assembly.ts'
import { withoutPushers } from './dry.ts'
import { type SamplePorts, usualPorts } from './sample.ts'

interface StackOptions {
  stateDir: string
  /** The run's configuration, as JSON. */
  config: string
  /** Where the sample's systems listen, if it is the sample. */
  ports: SamplePorts | undefined
  dryRun: boolean
  signal: AbortSignal
  say(text: string): void
}

/**
 * The synthesised stack of a run. Runs of the sample at the same time listen at different ports: one stack, with the
 * usual ports, does for all of them. Writes the configuration into the state directory.
 * @returns directory of its cloud assembly
 */
export async function stackOf({ stateDir, config, ports, dryRun, signal, say }: StackOptions): Promise<string> {
  const used = resolve(stateDir, 'config.json')
  writeFileSync(used, config)
  const [usual, actual] = ports ? bothWays(ports) : [unchanged, unchanged]
  const isUsual = usual(config) === config
  const synthesised = isUsual ? used : resolve(stateDir, 'config.usual-ports.json')
  if (!isUsual) writeFileSync(synthesised, usual(config))
  const assembly = await assemblyOf(synthesised, signal, () => say('synthesising the CDK app (once for these sources)'))
  if (isUsual && !dryRun) return assembly
  return changedAssembly(assembly, stateDir, (template) =>
    dryRun ? withoutPushers(actual(template)) : actual(template),
  )
}

const unchanged = (text: string): string => text

/** A text with the usual ports in place of a run's own, and the other way round. */
function bothWays(ports: SamplePorts): [usual: typeof unchanged, actual: typeof unchanged] {
  const pairs = (Object.keys(usualPorts) as (keyof SamplePorts)[]).map(
    (name) => [ports[name], usualPorts[name]] as const,
  )
  const exchange = (other: ReadonlyMap<number, number>) => (text: string) =>
    text.replace(/(?<=127\.0\.0\.1:)\d+/g, (port) => String(other.get(Number(port)) ?? port))
  return [exchange(new Map(pairs)), exchange(new Map(pairs.map(([own, usual]) => [usual, own])))]
}
