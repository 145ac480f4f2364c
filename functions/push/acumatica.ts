import { pushHandler } from '../../lib/pipeline/runtime/pusher.ts'
import { settings } from '../../lib/systems/acumatica/settings.ts'
import { createWriter } from '../../lib/systems/acumatica/writer.ts'

export const handler = pushHandler(settings, createWriter)
