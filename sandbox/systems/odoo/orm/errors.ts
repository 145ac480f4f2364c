import type { Value } from './model.ts'

/** What Odoo's Python raises. `pythonName` is what JSON answers carry; XML-RPC makes a fault code of it. */
export class OdooError extends Error {
  readonly pythonName: string
  /** What Python prints as the exception's arguments. */
  readonly args: Value[]
  constructor(pythonName: string, message: string, args: Value[] = [message]) {
    super(message)
    this.pythonName = pythonName
    this.args = args
  }
}

/** A rule of the business says no. */
export class UserError extends OdooError {
  constructor(message: string, pythonName = 'odoo.exceptions.UserError') {
    super(pythonName, message)
  }
}

/** A constraint of the data says no. */
export class ValidationError extends UserError {
  constructor(message: string) {
    super(message, 'odoo.exceptions.ValidationError')
  }
}

export class AccessError extends OdooError {
  constructor(message: string) {
    super('odoo.exceptions.AccessError', message)
  }
}

export class AccessDenied extends OdooError {
  constructor() {
    super('odoo.exceptions.AccessDenied', 'Access Denied')
  }
}

/** A record is gone: "Record does not exist or has been deleted." */
export class MissingError extends OdooError {
  constructor(model: string, ids: readonly number[], uid: number) {
    const tuple = ids.length === 1 ? `${ids[0]},` : ids.join(', ')
    super(
      'odoo.exceptions.MissingError',
      `Record does not exist or has been deleted.\n(Record: ${model}(${tuple}), User: ${uid})`,
    )
  }
}

/** A plain Python exception: ValueError, TypeError, …. */
export class PythonError extends OdooError {
  constructor(type: 'ValueError' | 'TypeError' | 'IndexError' | 'AttributeError', message: string) {
    super(`builtins.${type}`, message)
  }
}

/** The database gave up: another transaction changed the same row first. */
export class SerializationFailure extends OdooError {
  constructor() {
    super('psycopg2.errors.SerializationFailure', 'could not serialize access due to concurrent update\n')
  }
}
