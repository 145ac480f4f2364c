import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readOutputs } from '../../infra/outputs.ts'
import { createAwsApi } from '../../lib/pipeline/aws/api.ts'
import { openEmbeddedData, StateInUseError } from '../../sandbox/aws/index.ts'
import { WrongUse } from '../exit.ts'
import { commandLine } from '../next.ts'
import { openWorkplace } from '../run/workplace.ts'
import type { Deployment } from './deployment.ts'
import { partsOf } from './parts.ts'

/** Where a run keeps its state if nothing else is said. */
export const usualState = '.ml-connector/last-run'
/** After a redrive or a replay: longer than any retry a person would watch. */
const settleMs = 120_000

/**
 * What a run on this machine left in its state directory, or is still writing there. Throws WrongUse where there is
 * none.
 * @param functions true where the command needs the functions to work; while a run is going, its own do
 */
export async function openLocal(directory: string | undefined, functions: boolean): Promise<Deployment> {
  const stateDir = existingState(directory)
  const common = {
    title: `the run in ${stateDir}`,
    local: true,
    configFile: join(stateDir, 'config.json'),
    arguments: directory === undefined ? [] : ['--state', stateDir],
  }
  if (functions)
    try {
      return { ...common, ...(await withFunctions(stateDir)) }
    } catch (error) {
      if (!(error instanceof StateInUseError)) throw error
    }
  const data = await openEmbeddedData({ stateDir })
  const { region, endpoint, credentials } = data.clientConfig
  const aws = createAwsApi({ region, endpoint, credentials: () => credentials })
  return { ...common, ...partsOf(readOutputs(data.outputs), aws), settle: async () => false, close: data.close }
}

/** The state directory that is meant; throws WrongUse where no run has used it. */
export function existingState(directory: string | undefined): string {
  const stateDir = directory ?? usualState
  if (existsSync(join(stateDir, 'aws.db'))) return stateDir
  throw new WrongUse(
    directory === undefined
      ? `there is no run on this machine yet; ${commandLine('run')} makes one`
      : `${directory} holds no run; ${commandLine('run', '--state', directory)} makes one`,
  )
}

async function withFunctions(
  stateDir: string,
): Promise<Omit<Deployment, 'title' | 'local' | 'configFile' | 'arguments'>> {
  const { signal } = new AbortController()
  const { embedded, sample, ...workplace } = await openWorkplace({ stateDir, signal, say: () => undefined })
  return {
    ...workplace,
    ...(sample ? { time: sample.systems.odoo.clock } : {}),
    settle: async () => {
      await embedded.idle({ timeoutMs: settleMs })
      return true
    },
  }
}
