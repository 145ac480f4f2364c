import { pollHandler } from '../../lib/pipeline/runtime/poller.ts'
import { createReader } from '../../lib/systems/sps-commerce/reader.ts'
import { settings } from '../../lib/systems/sps-commerce/settings.ts'

export const handler = pollHandler(settings, createReader)
