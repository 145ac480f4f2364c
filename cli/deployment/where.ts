import type { Command } from 'commander'
import { createAwsApi } from '../../lib/pipeline/aws/api.ts'
import { WrongUse } from '../exit.ts'
import { accountOf } from './account.ts'
import type { Deployment, Where } from './deployment.ts'
import { openLocal, usualState } from './local.ts'
import { outputsFromFile, outputsOfStack } from './outputs.ts'
import { partsOf } from './parts.ts'

/** Adds the options that say where a command works. */
export const withWhere = (command: Command): Command =>
  command
    .option('--state <dir>', `state directory of a run on this machine (default: ${usualState}, the last run)`)
    .option('--stack <name>', 'a deployed stack instead')
    .option(
      '--outputs <file>',
      'its outputs, as "cdk deploy --outputs-file" wrote them, instead of asking AWS for them',
    )
    .option('--profile <name>', 'AWS profile')
    .option('--region <name>', 'AWS region')

/**
 * Opens what the options name, does the work and closes it again, whatever happens.
 * @param functions see openLocal; a deployed stack's functions always work
 */
export async function withDeployment<T>(
  where: Where,
  work: (deployment: Deployment) => Promise<T>,
  functions = false,
): Promise<T> {
  const deployment = await open(where, functions)
  try {
    return await work(deployment)
  } finally {
    await deployment.close()
  }
}

async function open(where: Where, functions: boolean): Promise<Deployment> {
  const deployed = where.stack !== undefined || where.outputs !== undefined
  if (deployed && where.state !== undefined) throw new WrongUse('name a state directory or a stack, not both')
  if (!deployed && (where.profile !== undefined || where.region !== undefined))
    throw new WrongUse('--profile and --region belong to a deployed stack; name it with --stack')
  return deployed ? openStack(where) : openLocal(where.state, functions)
}

async function openStack(where: Where): Promise<Deployment> {
  const fromFile = where.outputs === undefined ? undefined : outputsFromFile(where.outputs, where.stack)
  const account = await accountOf(where)
  const outputs = fromFile ?? (await outputsOfStack(where.stack ?? '', account))
  const words = (['stack', 'outputs', 'profile', 'region'] as const).flatMap((option) => {
    const value = where[option]
    return value === undefined ? [] : [`--${option}`, value]
  })
  return {
    ...partsOf(outputs, createAwsApi({ region: account.region, credentials: () => account.credentials })),
    title: where.stack === undefined ? `the stack in ${where.outputs}` : `stack ${where.stack}`,
    local: false,
    arguments: words,
    settle: async () => false,
    close: async () => undefined,
  }
}
