import { lastWave } from './script.ts'

export const stepMinutes = 15
/** Steps after the last arrival in which the supplier still waits for what is on its way. */
export const patience = 8

/**
 * When the sandbox's clock has to start, for a run that begins at `now` (epoch milliseconds): the morning passes in
 * a moment, and must not reach into the future of the functions, whose clock is real.
 */
export const morningStart = (now: number): number => now - (lastWave + patience + 2) * stepMinutes * 60_000
