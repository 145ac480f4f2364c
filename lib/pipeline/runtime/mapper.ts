import * as z from 'zod'
import { mapperEnvironment } from '../../config/environment.ts'
import { limits } from '../../config/limits.ts'
import { systemClock } from '../../core/exchange.ts'
import type { Integration, Parse } from '../../core/flow.ts'
import type { Undo } from '../../core/undo.ts'
import { createAwsApi } from '../aws/api.ts'
import { s3Blobs } from '../aws/blobs.ts'
import { sqsOutbox } from '../aws/outbox.ts'
import { dynamoTables } from '../aws/tables.ts'
import { collectedOutbox } from '../collected.ts'
import { handleDocument } from '../map.ts'
import type { MappingSources } from '../map-document.ts'
import { documentMessage } from '../messages.ts'
import { type LambdaContext, received, type SqsBatchResponse, type SqsEvent } from './lambda.ts'
import { observe } from './observe.ts'
import { handleQueue } from './queue.ts'
import { stores } from './stores.ts'

/** The Lambda handler that maps every document; it knows the integrations, and no system's network code. */
export function mapHandler(
  integrations: Readonly<Record<string, Integration>>,
  systems: Readonly<Record<string, { parse: Parse; undo: Undo }>>,
): (event: SqsEvent, context: LambdaContext) => Promise<SqsBatchResponse> {
  const environment = z.parse(mapperEnvironment, process.env)
  const api = createAwsApi()
  const { ledger, agenda } = stores(api, 'map', environment)
  const observability = observe(api, environment)
  const outbox = sqsOutbox(api, { documents: environment.DOCUMENTS_QUEUE_URL, push: environment.PUSH_QUEUES })
  const tables = dynamoTables(api, environment.TABLES_TABLE, s3Blobs(api, environment.PAYLOAD_BUCKET))
  const running: MappingSources['integrations'] = Object.fromEntries(
    Object.entries(environment.INTEGRATIONS).map(([name, { type, connections, flows, settings }]) => {
      const integration = integrations[type]
      if (!integration) throw new Error(`this bundle has no integration ${type}`)
      return [
        name,
        { integration, connections, flows, settings: integration.settings(settings, `integrations.${name}.settings`) },
      ]
    }),
  )

  const parsers = Object.fromEntries(Object.entries(systems).map(([name, { parse }]) => [name, parse]))
  const undo = Object.fromEntries(Object.entries(systems).map(([name, system]) => [name, system.undo]))

  return async (event) => {
    // One read of the tables' versions an invocation: an imported table holds from the next batch on.
    const loaded = new Map<string, ReturnType<typeof tables.load>>()
    const sources: MappingSources = {
      integrations: running,
      parsers,
      tables: (integration) => {
        const found = loaded.get(integration) ?? tables.load(integration)
        loaded.set(integration, found)
        return found
      },
      history: (number) => ledger.history(number),
    }
    const outgoing = collectedOutbox(outbox, Object.keys(environment.PUSH_QUEUES))
    const context = {
      ...observability,
      ledger,
      agenda,
      sources,
      undo,
      outbox: outgoing,
      clock: systemClock,
      random: Math.random,
    }
    const records = event.Records.map((r) =>
      received(r, documentMessage.parse, (_message, record) => record.attributes.MessageGroupId ?? record.messageId),
    )
    const response = await handleQueue(api, records, environment.DOCUMENTS_QUEUE_URL, limits.batchSize, (record) =>
      handleDocument(record, context),
    )
    await ledger.attest()
    await outgoing.send()
    await observability.notices.flush()
    return response
  }
}
