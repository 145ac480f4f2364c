import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedAws, type EmbeddedAwsOptions, startEmbeddedAws } from '../../../sandbox/aws/index.ts'
import { openState } from '../../../sandbox/aws/state.ts'
import type { QueueDefinition } from '../../../sandbox/aws/template/model.ts'

export const pipeline = join(import.meta.dirname, 'fixtures', 'pipeline')

/** The fixture stack, running in memory unless told otherwise. Close it. */
export const startPipeline = (options: Partial<EmbeddedAwsOptions> = {}): Promise<EmbeddedAws> =>
  startEmbeddedAws({ cdkOut: pipeline, asyncRetryMs: [20, 40], ...options })

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'embedded-aws-'))

export const memoryState = () => openState(undefined, true)

/** A clock that only a test moves. */
export function manualClock(start = Date.parse('2026-11-21T06:00:00Z')) {
  let time = start
  return {
    now: () => time,
    advance: (ms: number) => {
      time += ms
    },
  }
}

export const queue = (name: string, over: Partial<QueueDefinition> = {}): QueueDefinition => ({
  id: name,
  name,
  arn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
  url: `http://127.0.0.1:1/123456789012/${name}`,
  fifo: name.endsWith('.fifo'),
  contentBasedDeduplication: false,
  deduplicationPerGroup: false,
  visibilityTimeoutMs: 30_000,
  delayMs: 0,
  receiveWaitMs: 0,
  ...over,
})
