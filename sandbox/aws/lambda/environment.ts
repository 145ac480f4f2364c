import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { accessKeyOf } from '../callers.ts'
import type { FunctionDefinition } from '../template/model.ts'
import type { WorkerData } from './worker.ts'

/** Ids of a worker end up in its session token, so that the endpoint knows which thread a request came from. */
export interface WorkerIdentity {
  id: string
  region: string
  endpoint: string
}

/**
 * Exactly what a function finds in `process.env` on Lambda: the template's variables, Lambda's own, and the address
 * of the embedded AWS. Nothing of the machine's environment, no shared AWS configuration.
 */
export function environmentOf(definition: FunctionDefinition, worker: WorkerIdentity): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    LAMBDA_TASK_ROOT: definition.code,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: definition.handler,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: worker.id,
    AWS_REGION: worker.region,
    AWS_DEFAULT_REGION: worker.region,
    AWS_ACCESS_KEY_ID: accessKeyOf({ function: definition.id, role: definition.role }),
    AWS_SECRET_ACCESS_KEY: 'embedded',
    AWS_SESSION_TOKEN: worker.id,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...definition.environment,
    AWS_ENDPOINT_URL: worker.endpoint,
  }
}

/** Finds the module and export that `Handler` names ("index.handler"). */
export function workerDataOf(definition: FunctionDefinition, worker: WorkerIdentity): WorkerData {
  const dot = definition.handler.lastIndexOf('.')
  const base = join(definition.code, definition.handler.slice(0, dot))
  const file = ['.mjs', '.js', '.cjs'].map((extension) => base + extension).find((path) => existsSync(path))
  if (!file) throw new Error(`${definition.id}: there is no module ${base} for the handler ${definition.handler}`)
  return {
    file,
    exportName: definition.handler.slice(dot + 1),
    functionName: definition.name,
    functionArn: definition.arn,
    memoryMb: definition.memoryMb,
    logGroup: definition.logGroup,
    logStream: worker.id,
  }
}
