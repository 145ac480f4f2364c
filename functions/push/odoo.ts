import { pushHandler } from '../../lib/pipeline/runtime/pusher.ts'
import { settings } from '../../lib/systems/odoo/settings.ts'
import { createWriter } from '../../lib/systems/odoo/writer.ts'

export const handler = pushHandler(settings, createWriter)
