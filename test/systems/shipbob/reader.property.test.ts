import fc from 'fast-check'
import type { SourceDocument } from '../../../lib/core/exchange.ts'
import { readReceiving } from '../../../lib/systems/shipbob/read/receiving.ts'
import { shipmentDocuments } from '../../../lib/systems/shipbob/read/shipments.ts'
import {
  type Account,
  at,
  idOf,
  minute,
  openAccount,
  orderOf,
  type Poller,
  poller,
  type Row,
  readerOf,
} from './account.ts'
import { closeAll } from './server.ts'

afterEach(closeAll)

/** What happens to a record while nobody looks, or while the lists are read. */
type Change = { id: number; status: string }
/** Dead before anything of the page is safe, or after its documents are and before the cursor is. */
type Crash = 'none' | 'before' | 'between'

const orders: { readonly [name: string]: (rows: Row[]) => Row[] } = {
  'oldest first': (rows) => rows.toSorted((a, b) => Number(a.id) - Number(b.id)),
  'newest first': (rows) => rows.toSorted((a, b) => Number(b.id) - Number(a.id)),
  'by change': (rows) => rows.toSorted((a, b) => stampOf(a) - stampOf(b)),
  'by change, latest first': (rows) => rows.toSorted((a, b) => stampOf(b) - stampOf(a)),
}
const stampOf = (row: Row): number =>
  Date.parse(String(row.last_updated_date ?? (row.shipments as Row[] | undefined)?.[0]?.last_update_at))

const statuses = (...all: string[]) => fc.constantFrom(...all)
const changes = (status: fc.Arbitrary<string>, max: number) =>
  fc.array(fc.record({ id: fc.integer({ min: 1, max: 12 }), status }), { maxLength: max })

/** Some polls: what changes before each, spread over the time between them, and while it reads. */
const stories = (status: fc.Arbitrary<string>) =>
  fc.record({
    pageSize: fc.integer({ min: 2, max: 4 }),
    order: fc.constantFrom(...Object.keys(orders)),
    polls: fc.array(
      fc.record({
        before: changes(status, 12),
        meanwhile: fc.array(fc.option(fc.record({ id: fc.integer({ min: 1, max: 12 }), status })), { maxLength: 16 }),
        crashes: fc.array(fc.constantFrom<Crash>('none', 'before', 'between'), { maxLength: 6 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
type Story = typeof stories extends (...given: never[]) => fc.Arbitrary<infer S> ? S : never

/** Polls as the pipeline does, dying where the story says; the next poll goes on with the cursor that is stored. */
async function pollCrashing({ reader, cursors, captured }: Poller, stream: string, crashes: Crash[]): Promise<void> {
  if (reader.idle?.(stream, cursors.get(stream))) return
  for (let more = true; more; ) {
    const page = await reader.readPage(stream, cursors.get(stream))
    const crash = crashes.shift() ?? 'none'
    if (crash === 'before') continue
    for (const document of page.documents) captured.set(idOf(document), document)
    if (crash === 'between') continue
    cursors.set(stream, JSON.parse(JSON.stringify(page.cursor)))
    more = page.more
  }
}

/** Runs a story, then two quiet polls. */
async function tell(
  story: Story,
  account: Account,
  stream: string,
  apply: (change: Change, captured: Poller['captured']) => void,
): Promise<Poller['captured']> {
  const polls = poller(readerOf(account))
  account.sort = orders[story.order] ?? ((rows) => rows)
  await pollCrashing(polls, stream, [])
  account.pageSize = story.pageSize
  for (const { before, meanwhile, crashes } of story.polls) {
    const start = account.now
    before.forEach((change, i) => {
      account.now = start + Math.floor((15 * minute * (i + 1)) / (before.length + 1))
      apply(change, polls.captured)
    })
    account.now = start + 15 * minute
    const left = [...meanwhile]
    account.meanwhile = () => {
      account.now += 1_000
      const change = left.shift()
      if (change) apply(change, polls.captured)
    }
    await pollCrashing(polls, stream, [...crashes])
    account.meanwhile = () => {}
  }
  for (const _ of [1, 2]) {
    account.now += 15 * minute
    await pollCrashing(polls, stream, [])
  }
  return polls.captured
}

const expectAll = (captured: Poller['captured'], documents: readonly SourceDocument[]) => {
  for (const document of documents) expect([...captured.keys()]).toContain(idOf(document))
}

test('however lists are ordered, whatever changes while they are read, wherever a poll dies: every shipment is told as it stands', async () => {
  const account = await openAccount()
  const status = statuses('LabeledCreated', 'Completed', 'Exception', 'OnHold', 'Cancelled', 'Processing')
  await fc.assert(
    fc.asyncProperty(stories(status), async (story) => {
      account.orders = []
      const captured = await tell(story, account, 'shipments', ({ id, status }) => {
        account.orders = [...account.orders.filter((one) => one.id !== id), orderOf(id, status, account.now)]
      })
      expectAll(captured, account.orders.flatMap(shipmentDocuments))
    }),
    { numRuns: 100 },
  )
})

test('the same of receiving orders, which leave the list when the ERP holds them', async () => {
  const account = await openAccount()
  const status = statuses('Awaiting', 'Arrived', 'Processing', 'Completed', 'Cancelled', 'taken over')
  const documentsOf = async (row: Row) => {
    const get = async () => ({ status: 200, body: account.boxes.get(String(row.id)) ?? null, headers: {} })
    return (await readReceiving({ get }, row)).documents
  }
  await fc.assert(
    fc.asyncProperty(stories(status), async (story) => {
      account.receiving = []
      account.boxes.clear()
      const captured = await tell(story, account, 'receiving', ({ id, status }, known) => {
        const before = account.receiving.find((one) => one.id === id)
        const others = account.receiving.filter((one) => one !== before)
        if (status === 'taken over') {
          // The ERP marks what it has been told.
          const told = [...known.values()].some(({ raw }) => {
            const { id, last_updated_date: stamp } = (raw as { receiving: Row }).receiving
            return id === before?.id && stamp === before?.last_updated_date
          })
          if (before?.status === 'Completed' && told)
            account.receiving = [...others, { ...before, external_sync_timestamp: at(account.now) }]
          return
        }
        if (before && before.external_sync_timestamp !== null) return
        const stowed = { Awaiting: 0, Arrived: 0, Processing: 4 }[status] ?? 9
        account.boxes.set(String(id), [{ box_id: id, box_items: [{ inventory_id: 5, stowed_quantity: stowed }] }])
        account.receiving = [
          ...others,
          {
            ...{ id, status, purchase_order_number: `P${id}`, last_updated_date: at(account.now) },
            external_sync_timestamp: null,
            inventory_quantities: [{ inventory_id: 5, expected_quantity: 9, stowed_quantity: stowed }],
          },
        ]
      })
      for (const row of account.receiving) expectAll(captured, await documentsOf(row))
    }),
    { numRuns: 50 },
  )
})
