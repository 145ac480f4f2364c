import type { WriteOutcome } from '../../../core/exchange.ts'
import type { ShipBobWriteCode } from '../../../core/problem-codes/shipbob-write.ts'
import type { Problem } from '../../../core/problems.ts'
import type { Client } from '../client.ts'

/** What a write works with. */
export interface Work {
  client: Client
}

export const problem = (code: ShipBobWriteCode, message: string, path?: string): Problem => ({
  code,
  message,
  ...(path === undefined ? {} : { path }),
})

export const held = (problems: Problem[]): WriteOutcome => ({ outcome: 'held', problems })
