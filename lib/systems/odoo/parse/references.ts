import { externalIdModel, ownReferenceOf } from '../bundle.ts'
import { isOwnName } from '../external-ids.ts'
import type { Reading, Records } from './reading.ts'

/** Our reference of an order ("SPS:…"); undefined where it did not come through this pipeline. */
export const orderReference = (order: Reading): string | undefined => ownReferenceOf(order.record)

/**
 * The other side's number of a line: the last part of the external id that our writer gave it
 * ("ml_connector.<order>__<line>").
 */
export function lineReference(line: Reading, records: Records): string | undefined {
  const own = records
    .all(externalIdModel)
    .find(
      (row) => row.record.model === line.model && row.record.res_id === line.record.id && isOwnName(row.record.name),
    )
  const name = own?.text('name')
  const at = name?.lastIndexOf('__') ?? -1
  return name === undefined || at < 0 ? undefined : decoded(name.slice(at + 2))
}

/** The writer spells what an external id may not hold as %XX; a name that somebody else gave stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
