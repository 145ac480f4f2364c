import type { Json, Write } from '../../lib/core/exchange.ts'

/** One field that would be another one. Absent on a side where there is no such field. */
export interface Difference {
  /** Path in the record, the write's operation first where a document has several ("create-order Details[2].Qty"). */
  field: string
  before?: Json
  after?: Json
}

/** Field by field how one list of writes differs from another, matched by operation and reference. */
export function differencesOf(before: readonly Write[], after: readonly Write[]): Difference[] {
  const several = Math.max(before.length, after.length) > 1
  const nameOf = (write: Write) => `${write.connection}/${write.operation}/${write.reference}`
  const names = [...new Set([...before, ...after].map(nameOf))]
  return names.flatMap((name) => {
    const [old, now] = [before, after].map((writes) => writes.find((write) => nameOf(write) === name))
    const operation = (now ?? old)?.operation ?? ''
    if (!old || !now)
      return [{ field: operation, ...(old ? { before: old.reference } : {}), ...(now ? { after: now.reference } : {}) }]
    return between('', old.record, now.record).map((one) =>
      several ? { ...one, field: `${operation} ${one.field}` } : one,
    )
  })
}

function between(path: string, before: Json | undefined, after: Json | undefined): Difference[] {
  if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return fields.flatMap((field) =>
      between(joined(path, field, Array.isArray(before)), at(before, field), at(after, field)),
    )
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  return [{ field: path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
}

const isBranch = (value: Json | undefined): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null
const at = (value: Json[] | { [key: string]: Json }, field: string): Json | undefined =>
  Array.isArray(value) ? value[Number(field)] : value[field]
const joined = (path: string, field: string, list: boolean): string =>
  list ? `${path}[${field}]` : path === '' ? field : `${path}.${field}`
