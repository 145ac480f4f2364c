import type { PurchaseOrderLine } from '../../../documents/purchase-order.ts'
import { problem } from '../problem.ts'
import { lineChangeCodes } from '../rsx/code-lists.ts'
import { charges, dates, defined, description, itemNumbers, notes, references, taxes } from './sections.ts'
import type { Findings, View } from './view.ts'

/** The lines of an 850 or 860 (sps-commerce.md 7.1, 7.2). */
export function orderLines(document: View, found: Findings): PurchaseOrderLine[] {
  const seen = new Set<string>()
  return document.many('LineItem').map((item, index) => {
    const line = item.one('OrderLine')
    const number = line.text('LineSequenceNumber') ?? positionOf(line, index, found)
    if (seen.has(number))
      found.warnings.push(
        problem('SPS_LINE_NUMBER_TWICE', `line number ${number} occurs more than once`, line.at('LineSequenceNumber')),
      )
    seen.add(number)
    return defined({
      line: number,
      change: changeCode(line, found),
      numbers: itemNumbers(line),
      description: description(item),
      quantity: line.decimal('OrderQty'),
      unit: line.text('OrderQtyUOM'),
      price: line.decimal('PurchasePrice'),
      priceBasis: line.text('PurchasePriceBasis'),
      packSize: outerPack(item),
      shipDate: line.day('ShipDate'),
      dates: dates(item),
      split: storeSplit(item, found),
      charges: charges(item, found),
      taxes: taxes(item),
      notes: notes(item),
      references: references(item),
    })
  })
}

function positionOf(line: View, index: number, found: Findings): string {
  const position = String(index + 1)
  found.warnings.push(
    problem(
      'SPS_LINE_NUMBER_MISSING',
      `the line has no number; its position ${position} is used`,
      line.at('LineSequenceNumber'),
    ),
  )
  return position
}

function changeCode(line: View, found: Findings): string | undefined {
  const code = line.text('LineChangeCode')
  if (code !== undefined && !lineChangeCodes.has(code))
    found.warnings.push(
      problem('SPS_UNKNOWN_CODE', `LineChangeCode "${code}" is not in the list`, line.at('LineChangeCode')),
    )
  return code
}

/** PackValue of the outer pack: units inside one case, as the retailer states it. */
const outerPack = (item: View): string | undefined =>
  item
    .many('PhysicalDetails')
    .find((p) => p.text('PackQualifier') === 'OU' && p.has('PackValue'))
    ?.decimalOrWarn('PackValue')

/** How much of the line goes to which place. A place without a quantity refuses the order: goods are not guessed. */
function storeSplit(item: View, found: Findings): { location: string; quantity: string; unit?: string }[] {
  return item.many('QuantitiesSchedulesLocations').flatMap((schedule) =>
    schedule.many('LocationQuantity').flatMap((place) => {
      const location = place.identifier('Location')
      const quantity = place.decimal('Qty')
      if (quantity === undefined && !place.has('Qty'))
        found.problems.push(
          problem('SPS_VALUE_INVALID', `the share of place ${location} has no quantity`, place.at('Qty')),
        )
      return quantity === undefined ? [] : [defined({ location, quantity, unit: schedule.text('TotalQtyUOM') })]
    }),
  )
}
