import fc from 'fast-check'
import { Killed } from './world.ts'

/** Draws when a process dies and how the target misbehaves, from one seed: shrinkable by fast-check. */
export const troubles = fc.record({
  kills: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 25 }),
  faults: fc.array(fc.constantFrom('none', 'none', 'before', 'after', 'down'), { maxLength: 25 }),
})

/** As a world's `step` and `fault`: kills count the steps between one and the next. */
export function trouble(kills: number[], faults: ('none' | 'before' | 'after' | 'down')[]) {
  const waiting = [...kills]
  let left = waiting.shift()
  const queue = [...faults]
  return {
    step: () => {
      if (left === undefined) return
      left -= 1
      if (left > 0) return
      left = waiting.shift()
      throw new Killed()
    },
    fault: () => queue.shift() ?? ('none' as const),
  }
}
