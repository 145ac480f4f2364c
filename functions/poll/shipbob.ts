import { pollHandler } from '../../lib/pipeline/runtime/poller.ts'
import { createReader } from '../../lib/systems/shipbob/reader.ts'
import { settings } from '../../lib/systems/shipbob/settings.ts'

export const handler = pollHandler(settings, createReader)
