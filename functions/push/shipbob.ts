import { pushHandler } from '../../lib/pipeline/runtime/pusher.ts'
import { settings } from '../../lib/systems/shipbob/settings.ts'
import { createWriter } from '../../lib/systems/shipbob/writer.ts'

export const handler = pushHandler(settings, createWriter)
