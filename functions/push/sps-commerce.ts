import { pushHandler } from '../../lib/pipeline/runtime/pusher.ts'
import { settings } from '../../lib/systems/sps-commerce/settings.ts'
import { createWriter } from '../../lib/systems/sps-commerce/writer.ts'

export const handler = pushHandler(settings, createWriter)
