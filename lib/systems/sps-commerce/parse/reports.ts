import { problem } from '../problem.ts'
import { defined, description, itemNumbers, parties } from './sections.ts'
import { type Findings, toDay, type View } from './view.ts'

/** An RSX ProductActivity (852) as the canonical report (sps-commerce.md 7.6); not validated yet. */
export function readProductActivity(document: View, found: Findings): object {
  const report = document.one('Header').one('ReportHeader')
  const start = report.identifier('ReportStartDate')
  const startDate = toDay(start)
  if (start !== '' && startDate === undefined)
    found.problems.push(
      problem('SPS_VALUE_INVALID', `ReportStartDate "${start}" is not a date`, report.at('ReportStartDate')),
    )
  return defined({
    type: 'product-activity',
    tradingPartner: report.identifier('TradingPartnerId'),
    startDate,
    endDate: report.day('ReportEndDate'),
    handling: report.text('ActivityHandlingCode'),
    department: report.text('Department'),
    vendor: report.text('Vendor'),
    lines: document.many('LineItem').map((item) => {
      const line = item.one('ReportLineItem')
      return defined({
        line: line.text('LineSequenceNumber'),
        numbers: itemNumbers(line),
        description: description(item),
        activities: item.many('ProductActivityReporting').map((activity) =>
          defined({
            code: activity.text('ActivityCode') ?? '',
            quantity: activity.decimal('TotalQty'),
            unit: activity.text('TotalQtyUOM'),
            // One object here, not a list; a list is read all the same.
            date: activity.one('Dates').day('Date'),
            locations: activity.many('LocationQuantityPrice').map((place) =>
              defined({
                location: place.text('Location') ?? '',
                quantity: place.decimal('LocationQty'),
                unit: place.text('LocationQtyUOM'),
                price: place.decimalOrWarn('UnitPrice'),
                currency: place.text('Currency'),
              }),
            ),
          }),
        ),
      })
    }),
  })
}

/** An RSX ItemRegistry (846) as the canonical stock report; not validated yet. */
export function readItemRegistry(document: View, found: Findings): object {
  const header = document.one('Header')
  const report = header.one('HeaderReport')
  // LineItem belongs into Structure; a conversion that lost the level is read as well.
  const items = [...document.many('Structure').flatMap((s) => s.many('LineItem')), ...document.many('LineItem')]
  return defined({
    type: 'inventory-advice',
    tradingPartner: report.identifier('TradingPartnerId'),
    documentId: report.identifier('DocumentId'),
    date: report.day('InventoryDate'),
    reportType: report.text('ReportTypeCode'),
    vendor: report.text('Vendor'),
    parties: parties(header),
    lines: items.map((item) =>
      defined({
        numbers: itemNumbers(item.one('InventoryLine')),
        description: description(item),
        quantities: item.many('QuantitiesSchedulesLocations').flatMap((q) => quantities(q, found)),
      }),
    ),
  })
}

/** A quantity of a stock report: by place where places are given, else the total. Qualifier UNA needs none. */
function quantities(schedule: View, found: Findings): object[] {
  const qualifier = schedule.code('QuantityQualifier', 2) ?? ''
  const unit = schedule.text('TotalQtyUOM')
  const date = schedule.many('Dates')[0]?.day('Date')
  const places = schedule.many('LocationQuantity')
  if (places.length > 0)
    return places.flatMap((place) => {
      const quantity = place.decimal('Qty')
      return quantity === undefined
        ? []
        : [defined({ qualifier, quantity, unit, date, location: place.text('Location') })]
    })
  const quantity = schedule.decimal('TotalQty') ?? (qualifier === 'UNA' ? '0' : undefined)
  if (quantity !== undefined) return [defined({ qualifier, quantity, unit, date })]
  found.warnings.push(
    problem('SPS_VALUE_IGNORED', `quantity ${qualifier} has no value and was left out`, schedule.at('TotalQty')),
  )
  return []
}
