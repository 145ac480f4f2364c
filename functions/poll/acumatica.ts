import { pollHandler } from '../../lib/pipeline/runtime/poller.ts'
import { createReader } from '../../lib/systems/acumatica/reader.ts'
import { settings } from '../../lib/systems/acumatica/settings.ts'

export const handler = pollHandler(settings, createReader)
