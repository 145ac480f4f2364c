import { type Decimal, toDecimal } from '../../../core/decimal.ts'
import type { Json, WriteOutcome } from '../../../core/exchange.ts'
import type { OdooFulfilmentCode } from '../../../core/problem-codes/odoo-fulfilment.ts'
import type { OdooWriteCode } from '../../../core/problem-codes/odoo-write.ts'
import type { Problem } from '../../../core/problems.ts'
import type { Odoo } from '../rpc.ts'

/** One write under way. */
export interface Work {
  odoo: Odoo
  /** Our key at the target; every name given there is made of it. */
  reference: string
}

export type Held = Extract<WriteOutcome, { outcome: 'held' }>
export type Delivered = Extract<WriteOutcome, { outcome: 'delivered' }>

export type Code = OdooWriteCode | OdooFulfilmentCode

export const problem = (code: Code, message: string, path?: string): Problem => ({
  code,
  message,
  ...(path === undefined ? {} : { path }),
})

export const held = (problems: Problem[], result?: { [key: string]: Json }): Held => ({
  outcome: 'held',
  problems,
  ...(result ? { result } : {}),
})

/** Floats carry noise behind the fifteenth digit (odoo.md §3.1). */
export const decimalOf = (value: Json | undefined): Decimal =>
  (typeof value === 'number' && Number.isFinite(value) ? toDecimal(Number(value.toPrecision(14))) : undefined) ?? '0'

/** Text of a field; undefined where it is empty, which Odoo tells as false. */
export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

/**
 * A day as Odoo's UTC date-time: noon, which is the same day in nearly every zone. A bare date would be midnight UTC,
 * which is the day before in America.
 */
export const noon = (day: string): string => `${day} 12:00:00`

/** Names of records for messages: the first few. */
export const listed = (names: readonly string[]): string =>
  names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
