import * as z from 'zod'
import { sha256 } from '../core/hash.ts'

/** Who asked for a replay or redrive, and why: kept with the attempt. */
const by = z.string().optional()

/**
 * On the documents queue: map this document, find its next write (`next`: the one after the step just done), or undo
 * what was written of it. Messages hold references only, never a payload.
 */
export const documentMessage = z.object({
  documentId: z.string(),
  number: z.string(),
  task: z.enum(['map', 'next', 'undo']),
  by,
})
export type DocumentMessage = z.infer<typeof documentMessage>

/** On a connection's push queue: do this write of this document. */
export const pushMessage = z.object({
  documentId: z.string(),
  number: z.string(),
  /** The document's thread: a connection's writers share FIFO groups, order matters within a thread only. */
  thread: z.string(),
  /** "<generation>.<index>" */
  step: z.string(),
  by,
})
export type PushMessage = z.infer<typeof pushMessage>

export const stepOf = (generation: number, index: number): string => `${generation}.${index}`

export function parseStep(step: string): { generation: number; index: number } {
  const [generation = '1', index = '0'] = step.split('.')
  return { generation: Number(generation), index: Number(index) }
}

/** A queue's deduplication id: 128 characters of a small alphabet at most, so always a hash. */
export const deduplicationId = (...parts: string[]): string => sha256(parts.join('\n'), 64)

/** A FIFO group id: as above; equal documents groups give equal ids. */
export const groupId = (group: string): string => sha256(group, 32)

/**
 * The group of a write: documents of one group stay in order, and a connection has as many groups as it allows
 * writers, so that one worker at a time (writers = 1) or a few write to it.
 */
export const writerGroup = (group: string, writers: number): string =>
  `writer-${Number.parseInt(sha256(group, 8), 16) % writers}`
