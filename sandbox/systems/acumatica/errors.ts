import type { SandboxResponse } from '../shared/serve.ts'
import { type ApiRecord, isObject } from './wire.ts'

/** An answer that ends the request (acumatica.md §6; bodies as in its recorded errors). */
export class ApiError extends Error {
  readonly response: SandboxResponse
  constructor(status: number, body: object | null, headers: Record<string, string> = {}) {
    super(`${status}`)
    this.response = { status, body, headers }
  }
}

export const unauthorised = () =>
  new ApiError(401, {
    message: 'You are not logged in.',
    exceptionMessage: null,
    exceptionType: null,
    stackTrace: null,
  })

export const malformed = (path: string, message: string) =>
  new ApiError(400, { message: 'The request is invalid.', modelState: { [`entity.${path}`]: [message] } })

export const noEndpoint = (name: string, version: string) =>
  new ApiError(404, {
    message: 'No HTTP resource was found that matches the request URI.',
    messageDetail: `No endpoint named '${name}' with version '${version}' was found.`,
  })

export const noEntity = (name: string) =>
  new ApiError(404, { message: `The entity ${name} does not exist in the endpoint.` })

export const noAction = () => new ApiError(404, { message: 'The action with this name does not exist.' })

export const wrongVerb = () => new ApiError(406, { message: 'The requested resource does not support this method.' })

export const busyScreen = () =>
  new ApiError(409, {
    message: 'A long operation is running for this screen in the current session. Please try again later.',
  })

export const conditionFailed = (exists: boolean) =>
  new ApiError(412, {
    message: exists
      ? 'An entity with these keys already exists in the database and cannot be inserted.'
      : 'No entity with these keys exists in the database.',
  })

export const exception = (exceptionType: string, exceptionMessage: string) =>
  new ApiError(500, { message: 'An error has occurred.', exceptionMessage, exceptionType, stackTrace: '   at PX.…' })

export const noRecord = () =>
  exception('PX.Api.ContractBased.NoEntitySatisfiesTheConditionException', 'No entity satisfies the condition.')

export const cannotOptimize = (fields: string) =>
  exception(
    'PX.Api.ContractBased.OptimizedExport.CannotOptimizeException',
    `Optimization cannot be performed.The following fields cause the error:\r\n${fields}: View has BQL delegate\r\n`,
  )

export const loginLimit = () => exception('PX.Data.PXException', 'API Login Limit')

/** Marks a field of a record that is to be refused. */
export function refuse(record: ApiRecord, name: string, error: string): void {
  const found = record[name]
  record[name] = { ...(isObject(found) ? found : {}), error }
}

/** The record itself, errors inside (422). */
export const refused = (record: ApiRecord, verb: 'Inserting' | 'Updating') =>
  new ApiError(422, {
    ...record,
    error: `${verb}  'Sales Order' record raised at least one error. Please review the errors.`,
  })
