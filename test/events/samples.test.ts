import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventSource } from '../../lib/config/limits.ts'
import type { SourceDocument } from '../../lib/core/exchange.ts'
import { documentMessage, pushMessage } from '../../lib/pipeline/messages.ts'
import { received, type SqsEvent } from '../../lib/pipeline/runtime/lambda.ts'
import { parse as parseAcumatica } from '../../lib/systems/acumatica/parse.ts'
import { documentsOf as acumaticaDocuments } from '../../lib/systems/acumatica/preview.ts'
import { parse as parseSps } from '../../lib/systems/sps-commerce/parse.ts'
import { documentsOf as spsDocuments } from '../../lib/systems/sps-commerce/preview.ts'

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

describe('the sample documents', () => {
  const flows: Record<string, (types: string[], file: unknown) => SourceDocument[]> = {
    'purchase-order': spsDocuments,
    'purchase-order-change': spsDocuments,
    'product-activity': spsDocuments,
    'inventory-advice': spsDocuments,
    'ship-notice': acumaticaDocuments,
    invoice: acumaticaDocuments,
  }

  test('are one file for every flow', () => {
    expect(readdirSync(join(events, 'documents')).sort()).toEqual(
      Object.keys(flows)
        .map((f) => `${f}.json`)
        .sort(),
    )
  })

  test.each(Object.keys(flows))('of %s can be read without a problem', (flow) => {
    const documents = flows[flow]?.([flow], read(`documents/${flow}.json`)) ?? []
    const parse = flow === 'ship-notice' || flow === 'invoice' ? parseAcumatica : parseSps
    expect(documents.map((d) => d.type)).toContain(flow)
    for (const document of documents) expect(parse(document.type, document.raw)).not.toHaveProperty('problems')
  })
})
