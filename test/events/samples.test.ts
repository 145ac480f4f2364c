import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { previewSystems } from '../../cli/preview/systems.ts'
import { main } from '../../cli/program.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { eventSource } from '../../lib/config/limits.ts'
import { integrations } from '../../lib/config/register.ts'
import { systemClock } from '../../lib/core/exchange.ts'
import type { Hint } from '../../lib/pipeline/hint.ts'
import { createIntake } from '../../lib/pipeline/hint-intake.ts'
import type { WebhookRequest } from '../../lib/pipeline/hint-request.ts'
import { documentMessage, pushMessage } from '../../lib/pipeline/messages.ts'
import { received, type SqsEvent } from '../../lib/pipeline/runtime/lambda.ts'
import { webhook } from '../../lib/systems/shipbob/webhook.ts'
import { sandboxSigningSecret, sandboxWebhookSecret } from '../../sandbox/scenario/connections.ts'

const events = join(import.meta.dirname, '..', '..', 'events')
const read = (file: string): unknown => JSON.parse(readFileSync(join(events, file), 'utf8'))

describe('the sample events', () => {
  test('of the queues are messages the functions take', () => {
    for (const [file, schema] of [
      ['map.json', documentMessage],
      ['push.json', pushMessage],
    ] as const)
      for (const record of (read(file) as SqsEvent).Records)
        expect(
          received(
            record,
            (body) => schema.parse(body),
            () => 'thread',
          ).receiveCount,
        ).toBe(1)
  })

  test('of the keeper is one that its rule lets through', () => {
    expect(read('keep.json')).toMatchObject({ source: eventSource, 'detail-type': 'ConnectionDown' })
  })
})

test('the sample call of a webhook is genuine for the sample morning', async () => {
  const sent: Hint[] = []
  const take = createIntake({
    targets: { odoo: { secretArn: 'odoo', queueUrl: 'odoo', delaySeconds: 3 } },
    secret: async () => JSON.stringify({ current: sandboxWebhookSecret }),
    send: async (_, hint) => void sent.push(hint),
    trouble: () => undefined,
    refused: () => undefined,
    clock: systemClock,
  })
  expect(await take(read('webhook-odoo.json') as WebhookRequest)).toMatchObject({ statusCode: 202 })
  expect(sent).toEqual([{ hint: 'poll' }])
})

test('the sample delivery of ShipBob is signed for the sample, at the time its event says', async () => {
  const sent: Hint[] = []
  const take = createIntake(
    {
      targets: { shipbob: { secretArn: 'shipbob', queueUrl: 'shipbob', delaySeconds: 5 } },
      secret: async () => JSON.stringify({ current: sandboxSigningSecret }),
      send: async (_, hint) => void sent.push(hint),
      trouble: () => undefined,
      refused: () => undefined,
      clock: systemClock,
    },
    { declaration: webhook, taken: { has: async () => false, add: async () => undefined } },
  )
  expect(await take(read('webhook-shipbob.json') as WebhookRequest)).toMatchObject({ statusCode: 202 })
  expect(sent).toEqual([expect.objectContaining({ stream: 'shipments', ids: ['341200771'], topic: 'order.shipped' })])
})

describe.each(Object.values(integrations))('the sample documents of $name', ({ name, flows }) => {
  test('are one file for every flow', () => {
    expect(readdirSync(join(events, 'documents', name)).sort()).toEqual(flows.map((f) => `${f.name}.json`).sort())
  })

  test.each(flows)('of $name can be read without a problem', (flow) => {
    const system = previewSystems[flow.source]
    const documents = system?.documentsOf(flow.types, read(`documents/${name}/${flow.name}.json`)) ?? []
    const wanted = documents.filter((d) => flow.types.includes(d.type))
    expect(wanted.length).toBeGreaterThan(0)
    for (const document of wanted) expect(system?.parse(document.type, document.raw)).not.toHaveProperty('problems')
  })

  test('fit the sample tables: nothing of them is left to a person', async () => {
    for (const flow of flows) {
      const terminal = collectingTerminal()
      const file = join(events, 'documents', name, `${flow.name}.json`)
      await main(['preview', name, flow.name, file, '--tables', join(events, 'tables'), '--json'], terminal)
      const { documents } = JSON.parse(terminal.printed()) as { documents: { outcome: string }[] }
      expect([flow.name, ...documents.map((d) => d.outcome)]).not.toContain('held')
    }
  })
})
