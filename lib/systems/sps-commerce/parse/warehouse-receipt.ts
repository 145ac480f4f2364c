import { compare } from '../../../core/decimal.ts'
import type { WarehouseReceipt } from '../../../documents/warehouse-receipt.ts'
import { problem } from '../problem.ts'
import { listed, receivingConditions } from './codes.ts'
import { type Marks, marksOf, type Portion, portionsOf } from './lots.ts'
import { purposeOf } from './purpose.ts'
import { dates, defined, description, itemNumbers, parties, references } from './sections.ts'
import type { Findings, View } from './view.ts'

type Line = WarehouseReceipt['lines'][number]
type Outcome = Line['outcomes'][number]
/** An outcome with the lot or serial number it is about. */
type MarkedOutcome = Outcome & { lot: string | undefined; serial: string | undefined }

/** An RSX WarehouseTransferReceiptAdvice (944) as the canonical receipt (sps-commerce.md 7.7); not validated yet. */
export function readWarehouseReceipt(document: View, found: Findings): object {
  const header = document.one('Header')
  const receipt = header.one('HeaderDetail')
  const summary = document.one('Summary')
  // One object here, not a list; a list, or lines that lost the level, are read all the same.
  const several = document.many('OrderLevel')
  const levels = [...(several.length > 1 ? several : [document.one('OrderLevel')]), document]
  const condition = listed(receipt, 'ReceivingConditionCode', receivingConditions, found, 2)
  const { purpose, purposeCode } = purposeOf(receipt, 'original', found)
  const lines = levels.flatMap((level) => [
    ...level.many('LineItem').flatMap((item) => readLine(item, undefined, condition, found)),
    ...level
      .many('OrderPack')
      .flatMap((pack) => pack.many('LineItem').flatMap((item) => readLine(item, pack, condition, found))),
  ])
  if (lines.length === 0 && purpose !== 'cancel')
    found.problems.push(
      problem('SPS_VALUE_INVALID', 'the receipt names no goods: there is no LineItem in it', document.at('OrderLevel')),
    )
  return defined({
    type: 'warehouse-receipt',
    tradingPartner: receipt.identifier('TradingPartnerId'),
    receipt: receipt.identifier('WarehouseReceiptId'),
    purpose,
    purposeCode,
    reporting: receipt.text('ReportingCode'),
    order: receipt.text('DepositorOrderNumber'),
    shipment: receipt.text('ShipmentIdentification'),
    date: dates(header).find((d) => d.qualifier === '050')?.date,
    parties: parties(header),
    references: references(header),
    lines,
    totals: defined({
      received: summary.decimalOrWarn('QtyReceived'),
      shipped: summary.decimalOrWarn('UnitsShipped'),
      damagedOrHeld: summary.decimalOrWarn('QtyDamageOrOnHold'),
    }),
  })
}

/** One line of the document; several where parts of it have lots or serial numbers of their own. */
function readLine(item: View, pack: View | undefined, condition: string | undefined, found: Findings): Line[] {
  const detail = item.one('ItemDetail')
  const marks = withWarehouseLot(marksOf(item), detail)
  const answers = item.many('DetailResponse')
  if (answers.length === 0)
    found.warnings.push(
      problem('SPS_VALUE_IGNORED', 'the line does not say what was received of it', item.at('DetailResponse')),
    )
  const outcomes = answers.flatMap((answer) => readOutcomes(answer, marks, condition, found))
  const common = defined({
    line: detail.text('LineSequenceNumber'),
    numbers: itemNumbers(detail),
    description: description(item),
    unit: detail.text('ShipQtyUOM'),
    expires: marks.expires,
    pack:
      pack && (pack.one('WarehousePack').text('ShippingSerialID') ?? pack.one('WarehousePack').text('AssignedNumber')),
    path: item.path,
  })
  const shipped = detail.decimal('ShipQty')
  const groups = Map.groupBy(outcomes, ({ lot, serial }) => JSON.stringify([lot, serial]))
  if (groups.size === 0)
    return [defined({ ...common, shipped, lot: only(marks.lots), serial: only(marks.serials), outcomes: [] })]
  return [...groups.values()].map((group) =>
    defined({
      ...common,
      shipped: groups.size === 1 ? shipped : undefined,
      lot: group[0]?.lot,
      serial: group[0]?.serial,
      outcomes: group.map(({ lot: _, serial: __, ...outcome }) => outcome),
    }),
  )
}

const only = (values: string[]): string | undefined => (values.length === 1 ? values[0] : undefined)

/** The warehouse's own lot id counts where no lot of the maker is named. */
const withWarehouseLot = (marks: Marks, section: View): Marks => {
  const own = section.text('WarehouseLotID')
  return marks.lots.length > 0 || own === undefined ? marks : { ...marks, lots: [own] }
}

/** What was received of a line in one condition; several parts where each unit has its serial number. */
function readOutcomes(answer: View, line: Marks, condition: string | undefined, found: Findings): MarkedOutcome[] {
  const quantity = answer.decimal('Qty')
  const wrong = (why: string) => void found.problems.push(problem('SPS_VALUE_INVALID', `Qty ${why}`, answer.at('Qty')))
  if (quantity === undefined) {
    if (!answer.has('Qty')) wrong('is missing: it is open how much was received')
    return []
  }
  const code = conditionOf(answer, condition, found)
  if (code !== '02' && compare(quantity, '0') < 0) wrong(`is ${quantity}; a received quantity is not negative`)
  const own = withWarehouseLot(marksOf(answer), answer)
  // What is missing has no serial number: those of the line are on what came.
  const serials = code === '02' ? [] : line.serials
  const marks = {
    lots: own.lots.length > 0 ? own.lots : line.lots,
    serials: own.serials.length > 0 ? own.serials : serials,
    expires: undefined,
  }
  return portionsOf(quantity, marks, answer.path, found).map(({ quantity: part, lot, serial }: Portion) => ({
    ...defined({
      condition: code,
      quantity: part,
      unit: answer.text('QtyUOM'),
      reason: answer.text('DamageReasonCode'),
    }),
    lot,
    serial,
  }))
}

/** The line's condition, else the receipt's; where neither says one, the goods count as good, with a warning. */
function conditionOf(answer: View, ofReceipt: string | undefined, found: Findings): string {
  const code = listed(answer, 'ReceivingConditionCode', receivingConditions, found, 2) ?? ofReceipt
  if (code === undefined)
    found.warnings.push(
      problem(
        'SPS_CONDITION_ASSUMED',
        'no condition is named; the goods are taken to be good',
        answer.at('ReceivingConditionCode'),
      ),
    )
  return code ?? '07'
}
