import { pollHandler } from '../../lib/pipeline/runtime/poller.ts'
import { createReader } from '../../lib/systems/odoo/reader.ts'
import { settings } from '../../lib/systems/odoo/settings.ts'

export const handler = pollHandler(settings, createReader)
