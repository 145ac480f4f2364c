import { pushHandler } from '../../lib/pipeline/runtime/pusher.ts'
import { settings } from '../system/settings.ts'
import { createWriter } from '../system/writer.ts'

export const handler = pushHandler(settings, createWriter)
