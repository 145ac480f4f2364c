import type { Acknowledgement } from '../../../documents/acknowledgement.ts'
import type { ItemNumbers } from '../../../documents/parts.ts'
import { problem } from '../problem.ts'
import { acknowledgementTypes, itemStatuses, listed } from './codes.ts'
import { purposeOf } from './purpose.ts'
import { dates, defined, description, itemNumbers, notes, parties, references } from './sections.ts'
import type { Findings, View } from './view.ts'

type Line = Acknowledgement['lines'][number]
type Outcome = Line['outcomes'][number]

/** An RSX OrderAck (855) as the canonical answer of a supplier (sps-commerce.md 7.3); not validated yet. */
export function readAcknowledgement(document: View, found: Findings): object {
  const header = document.one('Header')
  const order = header.one('OrderHeader')
  return defined({
    type: 'acknowledgement',
    tradingPartner: order.identifier('TradingPartnerId'),
    number: order.identifier('PurchaseOrderNumber'),
    release: order.text('ReleaseNumber'),
    ...defined(purposeOf(order, 'original', found)),
    acknowledgementType: listed(order, 'AcknowledgementType', acknowledgementTypes, found),
    acknowledgementNumber: order.text('AcknowledgementNumber'),
    date: order.day('AcknowledgementDate'),
    supplierOrder: order.text('InternalOrderNumber'),
    currency: order.text('BuyersCurrency'),
    vendor: order.text('Vendor'),
    dates: dates(header),
    parties: parties(header),
    references: references(header),
    notes: notes(header),
    lines: oneANumber(document.many('LineItem').map((item) => readLine(item, found))),
  })
}

function readLine(item: View, found: Findings): Line {
  const line = item.one('OrderLine')
  const answers = item.many('LineItemAcknowledgement')
  const numbers = itemNumbers(line)
  const number = [line, ...answers].map((s) => s.text('LineSequenceNumber')).find((n) => n !== undefined)
  if (number === undefined)
    found.warnings.push(
      problem(
        'SPS_LINE_UNNUMBERED',
        'the line has no number; the item numbers decide which line of the order it is',
        line.at('LineSequenceNumber'),
      ),
    )
  return defined({
    line: number,
    numbers,
    description: description(item),
    quantity: line.decimal('OrderQty'),
    unit: line.text('OrderQtyUOM'),
    price: line.decimal('PurchasePrice'),
    priceBasis: line.text('PurchasePriceBasis'),
    path: item.path,
    outcomes: answers.map((answer) => readOutcome(answer, numbers, found)),
  })
}

function readOutcome(answer: View, ordered: ItemNumbers, found: Findings): Outcome {
  const status = listed(answer, 'ItemStatusCode', itemStatuses, found)
  if (status === undefined)
    found.warnings.push(
      problem(
        'SPS_UNKNOWN_CODE',
        'ItemStatusCode is absent; the answer says nothing of the line',
        answer.at('ItemStatusCode'),
      ),
    )
  const named = itemNumbers(answer)
  return defined({
    status: status ?? '',
    quantity: answer.decimal('ItemScheduleQty'),
    unit: answer.text('ItemScheduleUOM'),
    dateQualifier: answer.code('ItemScheduleQualifier', 3),
    date: answer.day('ItemScheduleDate'),
    price: answer.decimal('PurchasePrice'),
    priceBasis: answer.text('PurchasePriceBasis'),
    substitute: status === 'IS' || differs(named, ordered) ? emptyAsAbsent(named) : undefined,
  })
}

const emptyAsAbsent = (numbers: ItemNumbers): ItemNumbers | undefined =>
  Object.keys(numbers).length > 0 ? numbers : undefined

/** True where a number of the same kind is another one: the item's own numbers repeated are no substitute. */
const differs = (named: ItemNumbers, ordered: ItemNumbers): boolean =>
  (['buyerPart', 'vendorPart', 'upc', 'ean', 'gtin', 'caseUpc'] as const).some(
    (kind) => named[kind] !== undefined && ordered[kind] !== undefined && named[kind] !== ordered[kind],
  )

/** A line that is answered in several entries of one number is one line with all their outcomes. */
function oneANumber(lines: Line[]): Line[] {
  const merged = new Map<string, Line>()
  for (const line of lines) {
    const key = line.line === undefined ? line.path : `line ${line.line}`
    const known = merged.get(key)
    if (known) known.outcomes.push(...line.outcomes)
    else merged.set(key, line)
  }
  return [...merged.values()]
}
