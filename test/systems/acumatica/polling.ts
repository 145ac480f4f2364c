import type { Json, SourceDocument, SourceReader } from '../../../lib/core/exchange.ts'
import type { ApiRecord } from '../../../lib/systems/acumatica/records.ts'

/** A poller without a ledger: keeps the cursor and every document, and may die before it stores a page. */
export class Poller {
  cursor: Json | undefined
  readonly documents: SourceDocument[] = []
  readonly #reader: SourceReader
  readonly #stream: string
  constructor(reader: SourceReader, stream: string) {
    this.#reader = reader
    this.#stream = stream
  }

  /** Reads a page and stores it. True where another one is ready. */
  async page(): Promise<boolean> {
    const page = await this.#reader.readPage(this.#stream, this.cursor)
    this.documents.push(...page.documents)
    this.cursor = page.cursor
    return page.more
  }

  /** Reads a page and dies before it is stored. */
  async crash(): Promise<void> {
    await this.#reader.readPage(this.#stream, this.cursor)
  }

  async poll(): Promise<SourceDocument[]> {
    const before = this.documents.length
    while (await this.page());
    return this.documents.slice(before)
  }

  get keys(): string[] {
    return this.documents.map((document) => document.key)
  }
}

/** A shipment as small as a header row needs it. */
export const smallShipment = (nbr: string, status = 'Confirmed', over: ApiRecord = {}): ApiRecord => ({
  ShipmentNbr: { value: nbr },
  Type: { value: 'Shipment' },
  Operation: { value: 'Issue' },
  Status: { value: status },
  CustomerID: { value: 'HARBORPINE' },
  LocationID: {},
  Details: [],
  Packages: [],
  ...over,
})
