import { webhookHandler } from '../../lib/pipeline/runtime/webhook.ts'
import { webhook } from '../../lib/systems/shipbob/webhook.ts'

export const handler = webhookHandler(webhook)
