import type { Row } from './database.ts'
import type { Value } from './model.ts'

/** Rows of one model by the values of those fields that somebody looked them up by. */
export class FieldIndexes {
  private readonly byField = new Map<string, Map<Value | undefined, Set<number>>>()

  /** @param rows what an index that is not there yet is built of */
  lookup(field: string, value: Value, rows: Iterable<Row | undefined>): ReadonlySet<number> | undefined {
    let index = this.byField.get(field)
    if (!index) {
      index = new Map()
      for (const row of rows) if (row) add(index, row[field], row.id)
      this.byField.set(field, index)
    }
    return index.get(value)
  }

  /** A row took the place of another, came or went. */
  replace(old: Row | undefined, row: Row | undefined): void {
    for (const [field, index] of this.byField) {
      if (old && row && old[field] === row[field]) continue
      if (old) index.get(old[field])?.delete(old.id)
      if (row) add(index, row[field], row.id)
    }
  }
}

function add(index: Map<Value | undefined, Set<number>>, value: Value | undefined, id: number): void {
  const ids = index.get(value)
  if (ids) ids.add(id)
  else index.set(value, new Set([id]))
}
