import { compare } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { WarehouseReceipt } from '../../../documents/warehouse-receipt.ts'
import type { Goods } from './record.ts'

type Line = WarehouseReceipt['lines'][number]

/**
 * What a warehouse has of a line, by condition (sps-commerce.md 7.7): good goods are received, damaged and held ones go
 * to quarantine, what is short never came, another product than the one expected is for a person.
 */
export function receivedGoods(line: Line, hasQuarantine: boolean, find: Findings): Goods[] {
  const { line: number, numbers, lot = line.serial, expires, pack, path } = line
  return line.outcomes.flatMap((outcome, index): Goods[] => {
    const at = `${path}.DetailResponse[${index}]`
    const { condition, quantity, unit = line.unit } = outcome
    const what = `Line ${number ?? path}: ${quantity} ${unit ?? ''}`.trim()
    if (compare(quantity, '0') === 0 || condition === '02') return []
    if (compare(quantity, '0') < 0) {
      find.hold('QUANTITY_INVALID', `${what} received; a quantity above zero is needed.`, at)
      return []
    }
    const goods = { line: number, numbers, quantity, unit, lot, expires, pack, path: at }
    if (condition === '07') return [goods]
    if (condition === '03') {
      find.warn('RECEIVED_OVER', `${what} more than expected; received all the same.`, at)
      return [goods]
    }
    if (condition === '01' || condition === '09') {
      if (hasQuarantine) return [{ ...goods, held: true }]
      find.hold(
        'RECEIPT_UNCLEAR',
        `${what} ${condition === '01' ? 'damaged' : 'on hold'}, and the settings name no location for such goods (receipts.quarantine).`,
        at,
      )
      return []
    }
    find.hold(
      'RECEIPT_UNCLEAR',
      `${what} in condition ${condition}${condition === '05' ? ' (wrong product)' : ''}; a person has to decide.`,
      at,
    )
    return []
  })
}
