import { webhookHandler } from '../../lib/pipeline/runtime/webhook.ts'

export const handler = webhookHandler()
