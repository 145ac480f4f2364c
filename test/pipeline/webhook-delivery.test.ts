import { problemCodes } from '../../lib/core/problem-codes/index.ts'
import { toEntry } from '../../lib/pipeline/capture.ts'
import type { UnreadHint, UnreadReason } from '../../lib/pipeline/hint.ts'
import { mapDocument } from '../../lib/pipeline/map-document.ts'
import { deliveryDocument } from '../../lib/pipeline/webhook-delivery.ts'

const hint = (reason: UnreadReason): UnreadHint => ({
  hint: 'unread',
  reason,
  ids: ['shipments/341200771'],
  deliveryId: 'msg_1',
  topic: 'order.shipped',
  receivedAt: '2026-09-14T08:00:00.000Z',
})
const slice = { name: 'shipbob', system: 'shipbob', settings: {}, allowHosts: [], routes: [] }
const sources = { integrations: {}, parsers: {}, tables: async () => ({}), history: async () => [] }

it.each([
  ['WEBHOOK_TOPIC_UNKNOWN', 'skipped'],
  ['WEBHOOK_CHANNEL_FOREIGN', 'skipped'],
  ['WEBHOOK_WITHOUT_ID', 'held'],
  ['WEBHOOK_NOT_JSON', 'held'],
] as const)('a delivery with %s is %s by the mapper, in words, and nothing is written', async (reason, outcome) => {
  const document = deliveryDocument(hint(reason))
  const { result } = await mapDocument(toEntry(document, slice, '2026-09-14T08:00:01.000Z'), document.raw, sources)
  expect(result).toMatchObject({ outcome, problems: [{ code: reason }] })
  const [problem] = (result as { problems: { message: string }[] }).problems
  expect(problem?.message).toMatch(
    /^The delivery msg_1 of order.shipped \(shipments\/341200771\) was taken and not read: .+\.$/,
  )
  expect(problemCodes[reason]?.class).toBe(outcome)
})
