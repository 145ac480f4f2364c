import type { Domain, Odoo } from '../rpc.ts'
import type { Stream } from '../streams.ts'
import { toStamp } from './stamp.ts'

/** What a person asks for: ISO date-times, `from` included, `to` not, by the document's date or by its last change. */
export interface DateRange {
  from?: string | undefined
  to?: string | undefined
  by: 'date' | 'changed'
}

/** A range as a domain over the stream. A date field holds whole days: a day that `to` lies within is included. */
export async function rangeDomain(odoo: Odoo, stream: Stream, { from, to, by }: DateRange): Promise<Domain> {
  const info = by === 'date' ? (await odoo.fields(stream.model))[stream.dateField] : undefined
  const field = by === 'changed' ? 'write_date' : info ? stream.dateField : 'create_date'
  const begin = from === undefined ? undefined : toStamp(Date.parse(from))
  const end = to === undefined ? undefined : toStamp(Date.parse(to))
  if (info?.type !== 'date')
    return [...(begin === undefined ? [] : [[field, '>=', begin]]), ...(end === undefined ? [] : [[field, '<', end]])]
  const operator = end?.endsWith(' 00:00:00') ? '<' : '<='
  return [
    ...(begin === undefined ? [] : [[field, '>=', begin.slice(0, 10)]]),
    ...(end === undefined ? [] : [[field, operator, end.slice(0, 10)]]),
  ]
}
