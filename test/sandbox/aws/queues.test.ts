import fc from 'fast-check'
import { createMoves } from '../../../sandbox/aws/sqs/moves.ts'
import { createQueues } from '../../../sandbox/aws/sqs/queues.ts'
import { manualClock, memoryState, queue } from './support.ts'

const dead = queue('dead.fifo')
const work = queue('work.fifo', { redrive: { deadLetterArn: dead.arn, maxReceiveCount: 2 } })
const plain = queue('plain')

function setUp() {
  const clock = manualClock()
  const state = memoryState()
  const queues = createQueues(state, [work, dead, plain], clock.now)
  let n = 0
  const send = (group: string, body: string, deduplication = `d${n++}`) =>
    queues.send(work, { group, body, deduplication })
  const bodies = (max = 10) => queues.receive(work, max).map((m) => m.body)
  return { clock, state, queues, send, bodies, moves: createMoves(state, queues, clock.now) }
}

describe('a FIFO queue', () => {
  it('gives as many messages of a group as asked for, in the order they were sent', () => {
    const { send, bodies } = setUp()
    for (const body of ['1', '2', '3', '4']) send('g', body)
    expect(bodies(3)).toEqual(['1', '2', '3'])
  })

  it('keeps a group back while one of its messages is in flight, and only that group', () => {
    const { queues, send, bodies } = setUp()
    send('a', 'a1')
    send('a', 'a2')
    const [first] = queues.receive(work, 1)
    send('b', 'b1')
    expect(bodies()).toEqual(['b1'])
    queues.delete(work, first?.receipt ?? '')
    expect(bodies()).toEqual(['a2'])
  })

  it('gives a batch that nobody deleted again in the same order', () => {
    const { clock, send, bodies } = setUp()
    for (const body of ['1', '2', '3']) send('g', body)
    expect(bodies()).toEqual(['1', '2', '3'])
    expect(bodies()).toEqual([])
    clock.advance(30_000)
    expect(bodies()).toEqual(['1', '2', '3'])
  })

  it('waits with the rest of a batch until the message given back has been dealt with', () => {
    const { queues, send, bodies } = setUp()
    for (const body of ['1', '2']) send('g', body)
    const [one, two] = queues.receive(work, 10)
    queues.changeVisibility(work, one?.receipt ?? '', 0)
    expect(bodies()).toEqual([])
    queues.changeVisibility(work, two?.receipt ?? '', 0)
    expect(bodies()).toEqual(['1', '2'])
  })

  it('takes the same deduplication id once in five minutes, also when the first message is long gone', () => {
    const { clock, queues, send, bodies } = setUp()
    const first = send('g', 'one', 'same')
    const [message] = queues.receive(work, 1)
    queues.delete(work, message?.receipt ?? '')
    expect(send('other', 'again', 'same')).toEqual(first)
    expect(bodies()).toEqual([])
    clock.advance(5 * 60_000)
    expect(send('g', 'later', 'same').id).not.toBe(first.id)
    expect(bodies()).toEqual(['later'])
  })

  it('counts a deduplication id within its group where the queue says so', () => {
    const high = queue('high.fifo', { deduplicationPerGroup: true })
    const queues = createQueues(memoryState(), [high], Date.now)
    queues.send(high, { body: '1', group: 'a', deduplication: 'same' })
    queues.send(high, { body: '2', group: 'b', deduplication: 'same' })
    queues.send(high, { body: '3', group: 'b', deduplication: 'same' })
    expect(queues.peek(high).map((m) => m.body)).toEqual(['1', '2'])
  })

  it('never gives two messages of a group out of order, whatever its consumers do', () => {
    const action = fc.oneof(
      fc.record({ does: fc.constant('send' as const), group: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ does: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 10 }) }),
      fc.record({ does: fc.constantFrom('delete', 'give back', 'pass time'), pick: fc.nat(20) }),
    )
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const clock = manualClock()
        const only = queue('only.fifo')
        const queues = createQueues(memoryState(), [only], clock.now)
        let sent = 0
        const done = new Map<string, number>()
        let held: { receipt: string; group: string; number: number }[] = []
        for (const step of actions) {
          if (step.does === 'send') {
            queues.send(only, { group: step.group, body: String(sent), deduplication: String(sent) })
            sent += 1
          } else if (step.does === 'receive') {
            const got = queues.receive(only, step.max).map((m) => ({
              receipt: m.receipt ?? '',
              group: m.group ?? '',
              number: Number(m.body),
            }))
            for (const { group, number } of got) {
              // Nothing of the group is out with somebody else, nothing later was ever finished before it.
              expect(held.some((h) => h.group === group)).toBe(false)
              expect(number).toBeGreaterThan(done.get(group) ?? -1)
            }
            held.push(...got)
          } else if (step.does === 'pass time') {
            clock.advance(30_000)
            held = []
          } else {
            // Work is done in order: only the first message a consumer holds of a group is finished.
            const groups = [...new Set(held.map((h) => h.group))]
            const group = groups[step.pick % Math.max(1, groups.length)]
            const mine = held.filter((h) => h.group === group)
            if (step.does === 'delete' && mine[0]) {
              expect(queues.delete(only, mine[0].receipt)).toBe(true)
              done.set(mine[0].group, mine[0].number)
              held = held.filter((h) => h !== mine[0])
            } else {
              for (const { receipt } of mine) queues.changeVisibility(only, receipt, 0)
              held = held.filter((h) => h.group !== group)
            }
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('redrive', () => {
  it('moves a message to the dead letters after maxReceiveCount receives, with its id and where it came from', () => {
    const { clock, queues, send, bodies } = setUp()
    const { id } = send('g', 'bad')
    send('g', 'good')
    for (let i = 0; i < 2; i += 1) {
      expect(bodies(1)).toEqual(['bad'])
      clock.advance(30_000)
    }
    expect(bodies(1)).toEqual(['good'])
    const [letter] = queues.peek(dead)
    expect(letter).toMatchObject({ id, body: 'bad', group: 'g', deduplication: id, deadLetterSource: work.arn })
  })

  it('brings dead letters back to their queue as new messages whose receives start again', () => {
    const { clock, queues, send, bodies, moves } = setUp()
    const { id } = send('g', 'bad', 'same')
    for (let i = 0; i < 3; i += 1) {
      bodies(1)
      clock.advance(30_000)
    }
    expect(queues.depth(dead).visible).toBe(1)
    const task = moves.start(dead.arn)
    expect(task).toMatchObject({ status: 'COMPLETED', moved: 1 })
    expect(queues.depth(dead).visible).toBe(0)
    const [again] = queues.receive(work, 10)
    expect(again).toMatchObject({ body: 'bad', group: 'g', received: 1 })
    expect(again?.id).not.toBe(id)
  })

  it('moves dead letters at the rate asked for, until it is cancelled', () => {
    const { queues, moves } = setUp()
    for (let i = 0; i < 5; i += 1) queues.send(dead, { body: String(i), group: 'g', deduplication: String(i) })
    const task = moves.start(dead.arn, work.arn, 2)
    expect(task).toMatchObject({ status: 'RUNNING', moved: 2, toMove: 5 })
    expect(() => moves.start(dead.arn)).toThrow('already a task running')
    expect(moves.cancel(task.handle)).toMatchObject({ status: 'CANCELLED', moved: 2 })
    expect(moves.list(dead.arn, 10)).toHaveLength(1)
    expect(queues.peek(work).map((m) => m.body)).toEqual(['0', '1'])
    moves.close()
  })

  it('refuses to move messages of a queue that is nobody’s dead-letter queue', () => {
    const { moves } = setUp()
    expect(() => moves.start(work.arn)).toThrow('Source queue must be configured as a Dead Letter Queue')
  })
})

describe('visibility', () => {
  it('forgets a receipt when the message is received again', () => {
    const { clock, queues, send } = setUp()
    send('g', '1')
    const [first] = queues.receive(work, 1)
    clock.advance(30_000)
    expect(queues.expired(work, first?.receipt ?? '')).toBe(true)
    queues.receive(work, 1)
    expect(queues.delete(work, first?.receipt ?? '')).toBe(false)
    expect(queues.depth(work)).toEqual({ visible: 0, inFlight: 1, delayed: 0 })
  })

  it('counts what is visible, in flight and delayed', () => {
    const { clock, queues } = setUp()
    queues.send(plain, { body: '1' })
    queues.send(plain, { body: '2' })
    queues.send(plain, { body: 'later', delayMs: 60_000 })
    queues.receive(plain, 1)
    expect(queues.depth(plain)).toEqual({ visible: 1, inFlight: 1, delayed: 1 })
    clock.advance(60_000)
    expect(queues.depth(plain)).toEqual({ visible: 3, inFlight: 0, delayed: 0 })
  })

  it('tells whether a receive would get anything: not what waits behind another message of its group', () => {
    const { clock, queues, send } = setUp()
    send('g', '1')
    send('g', '2')
    expect(queues.isReceivable(work)).toBe(true)
    queues.receive(work, 1)
    expect([queues.isReceivable(work), queues.depth(work).visible]).toEqual([false, 1])
    send('h', '3')
    expect(queues.isReceivable(work)).toBe(true)
    queues.receive(work, 1)
    clock.advance(30_000)
    expect(queues.isReceivable(work)).toBe(true)
  })

  it('wakes a long poll by a new message, and ends it when its time is up', async () => {
    const queues = createQueues(memoryState(), [plain], Date.now)
    const waiting = queues.receiveWithin(plain, 1, 5000)
    queues.send(plain, { body: 'here' })
    expect((await waiting).map((m) => m.body)).toEqual(['here'])
    expect(await queues.receiveWithin(plain, 1, 20)).toEqual([])
  })
})
