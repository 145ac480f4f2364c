import type { Expectation } from '../../core/exchange.ts'
import { sha256 } from '../../core/hash.ts'
import type { BlobStore, Item, ItemStore } from '../ledger/items.ts'
import { agendaKey } from '../ledger/keys.ts'
import type { DocumentRef } from '../ledger/ledger.ts'
import { pack, unpack } from '../ledger/pack.ts'

/** Something that is to follow a document. */
export interface Due extends DocumentRef, Expectation {}

/** Documents that were captured together. */
export interface Page {
  /** ISO date-time. */
  at: string
  documents: DocumentRef[]
}

/**
 * What to look after later, by the hour: items beside the ledger's, in the same table, that end by themselves. A page of
 * captured documents is one write unit for some forty of them, an expectation is one; nothing is written when they are
 * fulfilled.
 */
export interface Agenda {
  /** Notes which documents are about to be captured. May be repeated; one that is not captured after all is no harm. */
  captured(source: string, page: Page): Promise<void>
  /** Notes what is to follow a document; the same again changes nothing. */
  expect(document: DocumentRef, expectation: Expectation): Promise<void>
  /**
   * What was noted after one time and up to another, in its order.
   * @param after,until ISO date-times
   */
  pages(after: string, until: string): AsyncIterable<Page>
  due(after: string, until: string): AsyncIterable<Due>
}

/** How long what nobody looked at is kept, in days. */
export const agendaDays = 14
const daySeconds = 86_400

export function createAgenda(items: ItemStore, blobs: BlobStore): Agenda {
  const put = async (kind: 'captured' | 'due', at: string, name: string, value: unknown) => {
    const item: Item = {
      pk: agendaKey(kind, hourOf(at)),
      sk: `at#${at}#${name}`,
      revision: 1,
      expiresAt: Math.floor(Date.parse(at) / 1000) + agendaDays * daySeconds,
      ...(await pack(value, `ledger/${kind}`, blobs)),
    }
    await items.put(item, 0)
  }
  async function* read<T>(kind: 'captured' | 'due', after: string, until: string): AsyncIterable<T> {
    for (const hour of hoursBetween(after, until))
      for (const item of await items.query(agendaKey(kind, hour), 'at#')) {
        const at = item.sk.split('#')[1] ?? ''
        if (at > after && at <= until) yield unpack<T>(item, blobs)
      }
  }
  return {
    captured: (source, page) => put('captured', page.at, `${source}#${sha256(idsOf(page), 12)}`, page),
    expect: ({ documentId, number }, expectation) =>
      put('due', expectation.by, `${documentId}#${expectation.what}`, { documentId, number, ...expectation }),
    pages: (after, until) => read<Page>('captured', after, until),
    due: (after, until) => read<Due>('due', after, until),
  }
}

const idsOf = ({ documents }: Page): string => documents.map((d) => d.documentId).join('\n')

/** "2026-03-02T09" */
const hourOf = (iso: string): string => iso.slice(0, 13)

/** The hours that two times are in, and those in between; as far back as items are kept. */
function* hoursBetween(after: string, until: string): Generator<string> {
  const last = Date.parse(until)
  const first = Math.max(Date.parse(after), last - agendaDays * daySeconds * 1000)
  for (let hour = Date.parse(`${hourOf(new Date(first).toISOString())}:00:00Z`); hour <= last; hour += 3_600_000)
    yield hourOf(new Date(hour).toISOString())
}
