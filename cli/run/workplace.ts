import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { readOutputs } from '../../infra/outputs.ts'
import { type Config, parseConfig } from '../../lib/config/config.ts'
import { systems } from '../../lib/config/register.ts'
import { createAwsApi } from '../../lib/pipeline/aws/api.ts'
import { type EmbeddedAws, startEmbeddedAws } from '../../sandbox/aws/index.ts'
import { sandboxSigningSecret, sandboxWebhookSecret } from '../../sandbox/scenario/connections.ts'
import { readConfigFile } from '../configuration.ts'
import type { Outputs } from '../deployment/outputs.ts'
import { partsOf } from '../deployment/parts.ts'
import { WrongUse } from '../exit.ts'
import { keepClosed } from './dry.ts'
import { resume } from './resume.ts'
import { type ApiStyle, apiStyles, type OdooVersion, odooVersions, type SampleSystems, startSample } from './sample.ts'
import { stackOf } from './stack.ts'

/** What a state directory says of its run, so that another command can go on with it. */
const note = z.object({
  /** The configuration of a run with real systems; absent for the sample. */
  configFile: z.string().optional(),
  /** Of the sample's systems: where they listened, and how SPS Commerce was spoken to. */
  ports: z.partialRecord(z.enum(['acumatica', 'odoo', 'sps', 'brightleaf', 'shipbob']), z.number()).optional(),
  apiStyle: z.enum(apiStyles).optional(),
  odooVersion: z.enum(odooVersions).optional(),
  /** A dry run's queues hold what must never be written. */
  dryRun: z.boolean().default(false),
})
type Note = z.infer<typeof note>

/** Where webhooks are received, unless another run does: a URL that was pasted into a system stays right. */
const apiPort = 41_820

const noteFile = (stateDir: string) => join(stateDir, 'run.json')

export function readNote(stateDir: string): Note | undefined {
  return existsSync(noteFile(stateDir)) ? note.parse(JSON.parse(readFileSync(noteFile(stateDir), 'utf8'))) : undefined
}

/** The pipeline running on this machine: the synthesised stack in the embedded AWS, and the sample's systems if any. */
export interface Workplace extends ReturnType<typeof partsOf> {
  stateDir: string
  aws: ReturnType<typeof partsOf>['aws']
  embedded: EmbeddedAws
  outputs: Outputs
  config: Config
  sample?: SampleSystems
  /** Writes that were under way when the run before was stopped. */
  interrupted: number
  close(): Promise<void>
}

export interface WorkplaceOptions {
  stateDir: string
  /** Absent: what the state directory says, or the sample. */
  configFile?: string
  /** Of a new sample run. */
  apiStyle?: ApiStyle
  odooVersion?: OdooVersion
  signal: AbortSignal
  /** Pushers stay off. Absent: as the run in the directory was. */
  dryRun?: boolean
  /** Nobody waits here for more hints of a webhook to share a poll: the sample's morning passes in a moment. */
  hurry?: boolean
  /** Changes the configuration of this run only. */
  adapt?(config: Config): Config
  say(text: string): void
}

/** Starts everything a run needs, or goes on with what is in the state directory. Closes what it began if it fails. */
export async function openWorkplace(options: WorkplaceOptions): Promise<Workplace> {
  const { stateDir, signal, say } = options
  const before = readNote(stateDir)
  const configFile = configOf(options, before)
  // Credentials and documents are in there.
  mkdirSync(stateDir, { recursive: true })
  chmodSync(stateDir, 0o700)
  const closing: (() => Promise<void>)[] = []
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    const apiStyle = before?.apiStyle ?? options.apiStyle ?? 'fulfillment'
    const odooVersion = before?.odooVersion ?? options.odooVersion ?? '19'
    const sample =
      configFile === undefined ? await startSample(stateDir, { apiStyle, odooVersion }, before?.ports) : undefined
    if (sample) closing.push(sample.close)
    const read = sample ? parseConfig(sample.config) : readConfigFile(configFile ?? '')
    const config = options.adapt?.(read) ?? read
    const dryRun = options.dryRun ?? before?.dryRun ?? false
    writeNote(stateDir, sample ? { dryRun, ports: sample.ports, apiStyle, odooVersion } : { dryRun, configFile })
    const cdkOut = await stackOf({
      ...{ stateDir, signal, say, dryRun },
      config: JSON.stringify(config, null, 2),
      ports: sample?.ports,
    })
    say('starting the embedded AWS with the functions')
    const embedded = await startEmbeddedAws({
      cdkOut,
      stateDir,
      apiPort,
      ...(options.hurry ? { longestWindowMs: 400 } : {}),
    })
    closing.push(embedded.close)
    if (dryRun) embedded.intercept(keepClosed)
    const { region, endpoint, credentials } = embedded.clientConfig
    const outputs = readOutputs(embedded.outputs)
    const parts = partsOf(outputs, createAwsApi({ region, endpoint, credentials: () => credentials }))
    for (const { name, system, secretArn, webhook } of sample ? outputs.connections : []) {
      if (sample?.secrets[name]) embedded.setSecret(secretArn, JSON.stringify(sample.secrets[name]))
      const signed = systems[system]?.webhook?.kind === 'signed'
      const current = signed ? sandboxSigningSecret : sandboxWebhookSecret
      if (webhook) embedded.setSecret(webhook.secretArn, JSON.stringify({ current }))
      if (webhook && signed) sample?.subscribe(webhook.url)
    }
    const stateTable = outputs.shared.StateTable
    const interrupted = before ? await resume({ ...parts, stateTable }) : 0
    return { ...parts, stateDir, embedded, outputs, config, ...(sample ? { sample } : {}), interrupted, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Absent for the sample. A directory of another run is never taken for this one. */
function configOf(options: WorkplaceOptions, before: Note | undefined): string | undefined {
  const wanted = options.configFile === undefined ? undefined : resolve(options.configFile)
  if (before && wanted !== undefined && before.configFile !== wanted)
    throw new WrongUse(
      `${options.stateDir} belongs to a run with ${before.configFile ?? 'the sample data'}; name another directory with --state`,
    )
  if (before && options.dryRun !== undefined && before.dryRun !== options.dryRun)
    throw new WrongUse(
      before.dryRun
        ? `${options.stateDir} holds a dry run, which must stay one; name another directory with --state`
        : `${options.stateDir} holds a run that writes; a dry run needs a directory of its own`,
    )
  return wanted ?? before?.configFile
}

function writeNote(stateDir: string, written: Note): void {
  writeFileSync(noteFile(stateDir), JSON.stringify(written, null, 2))
}
