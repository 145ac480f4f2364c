import type { AuditedRecord, SourceAuditor } from '../../core/audit.ts'
import type { ConnectionContext } from '../../core/connection.ts'
import { createClient } from './client.ts'
import { rangeDomain } from './read/date-range.ts'
import { withArchived } from './read/work.ts'
import type { Odoo, OdooRecord } from './rpc.ts'
import type { Settings } from './settings.ts'
import { numberOf } from './source-document.ts'
import { isoStamp } from './stamps.ts'
import { type Stream, streamsOf } from './streams.ts'

/** Records of one full read. */
const idsPerRead = 50

/** Lists a connection's records by their headers: nothing is read in full. */
export const createAuditor = (context: ConnectionContext<Settings>): SourceAuditor => {
  const client = createClient(context)
  const { settings, wanted } = context
  return auditorOf(() => client.open(), streamsOf(settings, wanted), settings.pageSize)
}

export function auditorOf(open: () => Promise<Odoo>, streams: readonly Stream[], pageSize: number): SourceAuditor {
  const streamOf = (name: string): Stream => {
    const found = streams.find((one) => one.name === name)
    if (!found) throw new Error(`there is no stream "${name}"`)
    return found
  }
  return {
    streams: () => streams.map(({ name }) => name),
    async confirm(name, ids) {
      const stream = streamOf(name)
      const odoo = await open()
      const found: number[] = []
      for (let at = 0; at < ids.length; at += idsPerRead) {
        const documents = await stream.readFull(odoo, ids.slice(at, at + idsPerRead))
        const keys = new Set(documents.map(({ key }) => key))
        found.push(...ids.slice(at, at + idsPerRead).filter((id) => keys.has(keyOf(stream, id))))
      }
      return found
    },
    async *list(name, from, to) {
      const stream = streamOf(name)
      const odoo = await open()
      if (!(await odoo.hasModel(stream.model))) return
      const domain = [...stream.domain, ...(await rangeDomain(odoo, stream, { from, to, by: 'date' }))]
      for (let last = 0; ; ) {
        const rows = await odoo.searchRead(stream.model, [...domain, ['id', '>', last]], {
          fields: stream.headerFields,
          order: 'id asc',
          limit: pageSize,
          context: withArchived,
        })
        const end = rows.at(-1)
        if (!end) return
        for (const row of rows) if (stream.eligible(row)) yield audited(stream, row)
        last = end.id
      }
    },
  }
}

/** As source-document.ts names a record's document; a test holds the two together. */
function audited(stream: Stream, row: OdooRecord): AuditedRecord {
  const key = keyOf(stream, row.id)
  return {
    stream: stream.name,
    type: stream.types[0] ?? '',
    key,
    number: numberOf(stream.types[0] ?? '', stream.model, row),
    id: row.id,
    changedAt: isoStamp(row.write_date),
  }
}

const keyOf = ({ model }: Stream, id: number): string => `${model}/${id}`
