import type { TargetWriter } from '../../lib/core/exchange.ts'

/** Stands for the number a target would give to what is new. */
export const newNumber = '<new>'

/** A target that takes every write as it was sent: what follows in a preview is what follows when all goes well. */
export const acceptingTarget = (): TargetWriter => ({
  write: async () => ({
    outcome: 'delivered',
    targetId: newNumber,
    targetNumbers: [newNumber],
    result: {},
    adopted: false,
    warnings: [],
  }),
})
