import { limits } from '../../lib/config/limits.ts'
import { postponed } from '../../lib/pipeline/hint-settle.ts'

const record = (messageId: string, receives: number) => ({
  messageId,
  receiptHandle: `receipt of ${messageId}`,
  body: '{"hint":"poll"}',
  attributes: { ApproximateReceiveCount: String(receives) },
})

it('one hint stands for all of a batch: the one with the most receives left', () => {
  const hints = [record('old', 4), ...Array.from({ length: 300 }, (_, i) => record(`new ${i}`, 1)), record('older', 9)]
  expect(postponed(hints)).toMatchObject({ record: { messageId: 'new 0' }, afterSeconds: 5 })
})

it('waits longer than any poll may take, and then lets go', () => {
  let waited = 0
  let receives = 1
  for (let wait = postponed([record('hint', receives)]); wait; wait = postponed([record('hint', ++receives)]))
    waited += wait.afterSeconds
  expect(waited).toBeGreaterThan(limits.pollerTimeoutSeconds)
  expect(receives).toBe(limits.hintReceives + 1)
})

it('keeps nothing of an empty batch', () => {
  expect(postponed([])).toBeUndefined()
})
