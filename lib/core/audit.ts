/** A record at its source that should have become a document. */
export interface AuditedRecord {
  stream: string
  /** Type, key and number of the document as its reader makes it: what the ledger knows it by. */
  type: string
  key: string
  number: string
  /** The source's own id, by which a backfill can read it. */
  id: number
  /** ISO date-time of its last change, by the source's clock. */
  changedAt: string
}

/** Lists what a source holds, without reading it in full: for comparing with the ledger. */
export interface SourceAuditor {
  streams(): string[]
  /**
   * Records of a stream that are documents, by their business date, `from` included and `to` not (ISO date-times).
   * Throws Failure, ConfigurationError.
   */
  list(stream: string, from: string, to: string): AsyncIterable<AuditedRecord>
  /** Which of these records really give a document: they are read in full, so it is asked of the missing ones only. */
  confirm(stream: string, ids: readonly number[]): Promise<number[]>
}
