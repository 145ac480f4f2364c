import type { TargetWriter } from '../../lib/core/exchange.ts'
import type { PreviewSystem } from './systems.ts'

type Accepted = ReturnType<NonNullable<PreviewSystem['accept']>>

/**
 * Targets that take every write as it was sent: what follows in a preview is what follows when all goes well. New
 * records have numbers that cannot be mistaken for real ones.
 * @param systemOf the system of a connection
 */
export function acceptingTarget(systemOf: (connection: string) => PreviewSystem | undefined): TargetWriter {
  const standing = new Map<string, Accepted['record']>()
  let made = 0
  return {
    write: async (write) => {
      const place = `${write.connection}/${write.reference}`
      const number = made === 0 ? '<new>' : `<new ${made + 1}>`
      const accepted = systemOf(write.connection)?.accept?.(write, standing.get(place), number) ?? {
        record: write.record,
        result: {},
        numbers: [],
      }
      if (!standing.has(place) && accepted.numbers.includes(number)) made += 1
      standing.set(place, accepted.record)
      return {
        outcome: 'delivered',
        targetId: write.reference,
        targetNumbers: accepted.numbers,
        result: accepted.result,
        adopted: false,
        warnings: [],
      }
    },
  }
}
