import { collectedOutbox } from '../../lib/pipeline/collected.ts'
import type { Outbox } from '../../lib/pipeline/ports.ts'

const message = (documentId: string) => ({
  thread: documentId,
  message: { documentId, number: documentId, task: 'map' as const },
})
const write = (documentId: string) => ({
  thread: documentId,
  message: { documentId, number: documentId, step: '1.0' },
})

function queues(broken = false) {
  const sent: [string, string[]][] = []
  const take = (queue: string) => async (messages: readonly { thread: string }[]) => {
    if (broken) throw new Error('SQS did not take 1 of 1 messages')
    if (messages.length > 0) sent.push([queue, messages.map(({ thread }) => thread)])
  }
  const outbox: Outbox = {
    toMapper: take('documents'),
    toPusher: (connection, messages) => take(connection)(messages),
  }
  return { sent, outbox }
}

test('nothing leaves before it is told to, then all of it in order and in one request a queue', async () => {
  const { sent, outbox } = queues()
  const collected = collectedOutbox(outbox, ['erp', 'edi'])
  await collected.toPusher('erp', [write('A')])
  await collected.toMapper([message('B')])
  await collected.toPusher('edi', [write('C')])
  await collected.toPusher('erp', [write('D')])
  await collected.toMapper([message('E')])
  expect(sent).toEqual([])
  await collected.send()
  await collected.send()
  expect(sent).toEqual([
    ['documents', ['B', 'E']],
    ['erp', ['A', 'D']],
    ['edi', ['C']],
  ])
})

test('a message for a connection without a queue fails its own document and no other', async () => {
  const { sent, outbox } = queues()
  const collected = collectedOutbox(outbox, ['erp'])
  await collected.toPusher('erp', [write('A')])
  await expect(collected.toPusher('gone', [write('B')])).rejects.toThrow('no push queue for connection gone')
  await collected.send()
  expect(sent).toEqual([['erp', ['A']]])
})

test('an invocation whose messages were not taken fails, so that its own come back', async () => {
  const collected = collectedOutbox(queues(true).outbox, ['erp'])
  await collected.toPusher('erp', [write('A')])
  await expect(collected.send()).rejects.toThrow('SQS did not take')
})
