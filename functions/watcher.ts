import { watchHandler } from '../lib/pipeline/runtime/watcher.ts'

export const handler = watchHandler()
