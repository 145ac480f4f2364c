import { type Compensation, recordName, type WriteToUndo } from '../../lib/core/undo.ts'

/** What undoes a write at Example: a person, until an operation of the writer takes it back. */
export const undo = (done: WriteToUndo): Compensation => ({
  byHand: `Delete ${recordName(done)} at Example if nobody needs it.`,
})
