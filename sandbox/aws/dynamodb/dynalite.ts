import { createRequire } from 'node:module'
import type { DynaliteStore } from './tables.ts'

/** dynalite's parts, called without its HTTP server: validation of the request, then the action. It has no types. */
type Data = Record<string, unknown>
interface Validations {
  checkTypes(data: Data, types: unknown): Data
  checkValidations(data: Data, types: unknown, custom: unknown, store: DynaliteStore): void
}
interface Validation {
  types: unknown
  custom: unknown
}
type Action = (store: DynaliteStore, data: Data, done: (error: DynaliteError | null, value?: Data) => void) => void

/** How dynalite reports an expected error. */
export interface DynaliteError extends Error {
  statusCode?: number
  body?: { __type: string; message?: string; Message?: string }
}

const require = createRequire(import.meta.url)
const validations = require('dynalite/validations/index.js') as Validations
const loaded = new Map<string, { validation: Validation; action: Action }>()

const operations = [
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'DescribeTable',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
] as const
/** Batches are many writes of their own. */
const writes = new Set<string>(['PutItem', 'UpdateItem', 'DeleteItem'])

export type DynamoOperation = (typeof operations)[number]
export const isDynamoOperation = (name: string): name is DynamoOperation =>
  (operations as readonly string[]).includes(name)

/**
 * Runs one operation. Throws a DynaliteError with a body for what DynamoDB would refuse.
 * @param transaction joins what a write reads and writes: another process may have the same state open
 */
export async function run(
  operation: DynamoOperation,
  data: Data,
  store: DynaliteStore,
  transaction: (work: () => void) => void,
): Promise<Data> {
  const name = operation.charAt(0).toLowerCase() + operation.slice(1)
  const parts = loaded.get(name) ?? {
    validation: require(`dynalite/validations/${name}.js`) as Validation,
    action: require(`dynalite/actions/${name}.js`) as Action,
  }
  loaded.set(name, parts)
  const checked = validations.checkTypes(data, parts.validation.types)
  validations.checkValidations(checked, parts.validation.types, parts.validation.custom, store)
  return new Promise((done, fail) => {
    let finished = false
    const act = () =>
      parts.action(store, checked, (error, value) => {
        finished = true
        if (error) fail(error)
        else done(value ?? {})
      })
    if (!writes.has(operation)) return act()
    transaction(() => {
      act()
      // Nothing it waits for is asynchronous over our store. Were it ever, conditions would no longer hold.
      if (!finished) throw new Error(`${operation} did not finish within its transaction`)
    })
  })
}
