import type { SourceDocument } from '../../../lib/core/exchange.ts'
import type { DeliveredWrite, HistoryEntry } from '../../../lib/core/flow.ts'
import { integration } from '../../../lib/integrations/odoo-shipbob/index.ts'
import { parseSettings } from '../../../lib/integrations/odoo-shipbob/settings.ts'
import { toEntry } from '../../../lib/pipeline/capture.ts'
import { type MappingSources, mapDocument, mapFollowUp } from '../../../lib/pipeline/map-document.ts'
import { parse } from '../../../lib/systems/shipbob/parse.ts'
import type { Pusher } from '../../systems/odoo/writing.ts'
import { tablesOf } from './desk.ts'

/**
 * Documents of ShipBob one after the other through the mapping and into Odoo, with a ledger that remembers them: what comes
 * again with the same content is known, what Odoo's connection loses is tried again.
 */
export function createLine(push: Pusher, centres: { [column: string]: string }[]) {
  const history: (HistoryEntry & { index: string[]; arrival: string })[] = []
  const marked: string[] = []
  const tables = tablesOf({ centres, items: [] })
  const sources: MappingSources = {
    integrations: {
      'odoo-shipbob': {
        integration,
        connections: { odoo: 'odoo', shipbob: 'shipbob' },
        flows: integration.flows.map(({ name }) => name),
        settings: parseSettings({}, ''),
      },
    },
    parsers: { shipbob: parse },
    tables: async () => tables,
    history: async (number) => history.filter((h) => h.number === number || h.index.includes(number)),
  }
  const routes = integration.flows
    .filter(({ source }) => source === 'shipbob')
    .map(({ name, types }) => ({ integration: 'odoo-shipbob', flow: name, types }))
  const slice = { name: 'shipbob', system: 'shipbob', settings: {}, allowHosts: [], routes }

  return {
    marked,
    /** @returns the document's end, with the codes of its problems */
    take: async (document: SourceDocument): Promise<string> => {
      const entry = toEntry(document, slice, '2026-09-14T00:00:00Z')
      if (history.some((h) => h.documentId === entry.documentId)) return 'known'
      const { result, mayFollow } = await mapDocument(entry, document.raw, sources)
      const targets: DeliveredWrite[] = []
      const problems = result.outcome === 'write' ? [] : [...result.problems]
      for (const { operation, reference, record } of result.outcome === 'write' ? result.writes : []) {
        const outcome = await push.insist(operation, record, reference)
        if (outcome.outcome !== 'delivered') {
          problems.push(...outcome.problems)
          break
        }
        const { targetId, targetNumbers: numbers, result: answer, adopted } = outcome
        targets.push({ operation, connection: 'odoo', targetId, numbers, adopted, result: answer, at: '' })
      }
      const state = result.outcome !== 'write' ? result.outcome : problems.length > 0 ? 'held' : 'delivered'
      const snapshot = result.outcome === 'write' ? result.snapshot : undefined
      history.push({
        ...entry,
        state,
        targets,
        targetNumbers: targets.flatMap(({ numbers }) => numbers),
        index: (result.outcome === 'write' && result.index) || [],
        arrival: document.arrival,
        ...(snapshot === undefined ? {} : { snapshot }),
      })
      const after =
        mayFollow && state === 'delivered'
          ? await mapFollowUp(entry, document.raw, snapshot, targets, sources)
          : undefined
      if (after?.result.outcome === 'write') marked.push(...after.result.writes.map(({ reference }) => reference))
      return [state, ...problems.map(({ code }) => code)].join(' ')
    },
  }
}
