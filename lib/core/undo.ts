import type { Json, Write } from './exchange.ts'
import type { DeliveredWrite } from './flow.ts'

/** A write of a document that is to be undone. */
export interface WriteToUndo {
  write: Write
  /** What the target answered; absent where nobody knows whether it arrived. */
  target?: DeliveredWrite
  /** How often it was begun: once, and what the target "had already" was not made by an earlier attempt of ours. */
  begun: number
  /** What other documents wrote to the same record since, oldest first: it is undone with it. */
  later: readonly DeliveredWrite[]
}

/** What undoes a write, or what a person does about it where nothing does. */
export type Compensation =
  | {
      /** The operation at the same connection, under the same reference unless another is named. */
      operation: string
      record: { [key: string]: Json }
      reference?: string
      /** For people: "cancels order SO-20931, as long as nothing of it was shipped". */
      does: string
      /** Codes with which the writer says that nothing is there: then nothing is left to undo. */
      absent: string[]
    }
  | { byHand: string }

/**
 * What undoes a write at one system. Pure: what stands there by now is for the writer to find out, which undoes once and
 * holds what can no longer be undone. What is sent to somebody, and goods that have moved, are a person's.
 */
export type Undo = (done: WriteToUndo) => Compensation

/** How messages call a record: the number a person knows, else the target's id, else our reference. */
export const recordName = ({ target, write }: WriteToUndo): string =>
  target?.numbers[0] ?? target?.targetId ?? write.reference
