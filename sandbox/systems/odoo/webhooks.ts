import type { Kernel } from './kernel.ts'
import { Environment } from './orm/env.ts'
import { type Happening, Transaction } from './orm/transaction.ts'

/** "Send webhook notification" of an automation: what is created or written in a model is told to a URL. */
export interface Webhook {
  model: string
  url: string
  /** Sent beside _action, _id and _model; many2one as bare id. */
  fields?: readonly string[]
  /** How often one create and one write are told: 13 and 3 where Odoo was recorded (odoo.md §4.7). */
  repeats?: { create: number; write: number }
}

/**
 * Tells the receivers what a transaction did: after the commit, one call after the other, each given a second, none
 * repeated, and whatever they answer is nothing to anybody.
 */
export async function tell(
  kernel: Kernel,
  webhooks: readonly Webhook[],
  happenings: readonly Happening[],
): Promise<void> {
  for (const webhook of webhooks) {
    const { create, write } = webhook.repeats ?? { create: 13, write: 3 }
    const kinds = new Map<number, Happening['kind']>()
    for (const { kind, model, id } of happenings)
      if (model === webhook.model && kinds.get(id) !== 'create') kinds.set(id, kind)
    for (const [id, kind] of kinds) {
      const body = payload(kernel, webhook, id)
      if (!body) continue
      for (let i = 0; i < (kind === 'create' ? create : write); i += 1) await send(webhook.url, body)
    }
  }
}

function payload(kernel: Kernel, { model, fields = [] }: Webhook, id: number): string | undefined {
  const transaction = new Transaction(kernel.database)
  try {
    const env = new Environment(kernel.version, kernel.registry, transaction, { uid: kernel.adminUid, su: true })
    const record = env.record(model, id)
    if (!record.exists()) return undefined
    const values = Object.fromEntries(fields.map((field) => [field, record.get(field)]))
    return JSON.stringify({ _action: `Send webhook notification(#577)`, _id: id, _model: model, id, ...values })
  } finally {
    transaction.rollback()
  }
}

async function send(url: string, body: string): Promise<void> {
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(1_000) })
    await response.arrayBuffer()
  } catch {
    // Nobody there, or too slow: the server goes on.
  }
}
