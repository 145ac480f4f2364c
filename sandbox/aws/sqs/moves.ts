import { randomUUID } from 'node:crypto'
import { ServiceError } from '../call.ts'
import type { State } from '../state.ts'
import type { Queues } from './queues.ts'

/** A task that moves dead letters back: the SQS console's own redrive. */
export interface MoveTask {
  handle: string
  source: string
  /** Absent: each message back to the queue it came from. */
  destination?: string
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED'
  perSecond?: number
  moved: number
  toMove: number
  startedAt: number
}

export interface Moves {
  start(sourceArn: string, destinationArn?: string, perSecond?: number): MoveTask
  list(sourceArn: string, max: number): MoveTask[]
  cancel(handle: string): MoveTask
  /** Goes on with tasks that an earlier process left running. */
  resume(): void
  close(): void
}

const kind = 'move-task'
const invalid = (message: string) => new ServiceError('InvalidParameterValue', message)
const missing = (message: string) => new ServiceError('ResourceNotFoundException', message, 404)

/** Message move tasks, which fauxqs and most other emulators lack. Without a rate a task is done when it is started. */
export function createMoves(state: State, queues: Queues, now: () => number): Moves {
  const timers = new Map<string, NodeJS.Timeout>()
  const tasks = () => state.list<MoveTask>(kind).map(({ value }) => value)

  /** One second's worth; then again in a second until nothing visible is left of what was there at the start. */
  const step = (task: MoveTask): void => {
    timers.delete(task.handle)
    const source = queues.find(task.source)
    if (!source) throw missing(`The resource ${task.source} does not exist.`)
    const target = (deadLetterSource: string | null) => queues.find(task.destination ?? deadLetterSource ?? '')
    const left = task.toMove - task.moved
    const moved = queues.move(source, (m) => target(m.deadLetterSource), Math.min(task.perSecond ?? left, left))
    task.moved += moved
    if (moved === 0 || task.moved >= task.toMove) task.status = 'COMPLETED'
    else timers.set(task.handle, setTimeout(step, 1000, task))
    state.put(kind, task.handle, task)
  }

  return {
    start: (sourceArn, destinationArn, perSecond) => {
      const source = queues.find(sourceArn)
      if (!source) throw missing(`The resource ${sourceArn} does not exist.`)
      if (!queues.definitions.some((queue) => queue.redrive?.deadLetterArn === source.arn))
        throw invalid('Source queue must be configured as a Dead Letter Queue.')
      const destination = destinationArn === undefined ? undefined : queues.find(destinationArn)
      if (destinationArn !== undefined && !destination) throw missing(`The resource ${destinationArn} does not exist.`)
      if (destination && destination.fifo !== source.fifo)
        throw invalid('Source and destination queues must be of the same type.')
      if (tasks().some((task) => task.source === source.arn && task.status === 'RUNNING'))
        throw new ServiceError(
          'UnsupportedOperation',
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        )
      const task: MoveTask = {
        handle: Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn: source.arn })).toString('base64'),
        source: source.arn,
        ...(destination ? { destination: destination.arn } : {}),
        status: 'RUNNING',
        ...(perSecond === undefined ? {} : { perSecond }),
        moved: 0,
        toMove: queues.depth(source).visible,
        startedAt: now(),
      }
      state.put(kind, task.handle, task)
      step(task)
      return task
    },
    list: (sourceArn, max) =>
      tasks()
        .filter((task) => task.source === sourceArn)
        .sort((a, b) => b.startedAt - a.startedAt)
        .slice(0, max),
    cancel: (handle) => {
      const task = state.get<MoveTask>(kind, handle)
      if (!task) throw missing('Task does not exist.')
      if (task.status !== 'RUNNING')
        throw new ServiceError('UnsupportedOperation', 'Only active tasks can be cancelled.')
      clearTimeout(timers.get(handle))
      timers.delete(handle)
      task.status = 'CANCELLED'
      state.put(kind, handle, task)
      return task
    },
    resume: () => {
      for (const task of tasks()) if (task.status === 'RUNNING' && !timers.has(task.handle)) step(task)
    },
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
