import { pollHandler } from '../../lib/pipeline/runtime/poller.ts'
import { createReader } from '../system/reader.ts'
import { settings } from '../system/settings.ts'

export const handler = pollHandler(settings, createReader)
