import { problem } from '../problem.ts'
import { fulfilmentOf } from './fulfilment.ts'
import { orderLines } from './order-lines.ts'
import { purposeOf } from './purpose.ts'
import { charges, dates, defined, notes, parties, references, taxes } from './sections.ts'
import type { Findings, View } from './view.ts'

/** An RSX Order as the canonical purchase order, or OrderChange as its change; not validated yet. */
export function readOrder(type: string, document: View, found: Findings): object {
  const header = document.one('Header')
  const order = header.one('OrderHeader')
  const tradingPartner = order.identifier('TradingPartnerId')
  if (tradingPartner.length > 15)
    found.problems.push(
      problem('SPS_VALUE_INVALID', 'TradingPartnerId is longer than 15 characters', order.at('TradingPartnerId')),
    )
  return defined({
    type,
    tradingPartner,
    number: order.identifier('PurchaseOrderNumber'),
    release: order.text('ReleaseNumber'),
    ...defined(purposeOf(order, type === 'purchase-order-change' ? 'change' : 'original', found)),
    orderType: order.text('PrimaryPOTypeCode'),
    date: order.day('PurchaseOrderDate'),
    currency: order.text('BuyersCurrency'),
    department: order.text('Department'),
    division: order.text('Division'),
    vendor: order.text('Vendor'),
    customerOrder: order.text('CustomerOrderNumber'),
    shipComplete: order.text('ShipCompleteCode'),
    fulfilment: fulfilmentOf(document),
    dates: dates(header),
    parties: parties(header),
    terms: terms(header),
    carrier: carrier(header),
    fob: fob(header),
    references: references(header),
    notes: notes(header),
    charges: charges(header, found),
    taxes: taxes(header),
    lines: orderLines(document, found),
    totals: defined({
      amount: document.one('Summary').decimalOrWarn('TotalAmount'),
      lines: document.one('Summary').integer('TotalLineItemNumber'),
    }),
    envelope: envelope(document.one('Meta')),
    ...(type === 'purchase-order-change'
      ? defined({ sequence: order.text('ChangeOrderSeqNumber'), changeDate: order.day('POChangeDate') })
      : {}),
  })
}

const orNothing = <T extends object>(fields: T): T | undefined => (Object.keys(fields).length > 0 ? fields : undefined)

function terms(header: View): object | undefined {
  const first = header.one('PaymentTerms')
  return orNothing(
    defined({
      type: first.code('TermsType', 2),
      basis: first.text('TermsBasisDateCode'),
      discountPercent: first.decimalOrWarn('TermsDiscountPercentage'),
      discountDays: first.integer('TermsDiscountDueDays'),
      netDays: first.integer('TermsNetDueDays'),
      description: first.text('TermsDescription'),
    }),
  )
}

function carrier(header: View): object | undefined {
  const first = header.one('CarrierInformation')
  return orNothing(
    defined({
      method: first.text('CarrierTransMethodCode'),
      scac: first.text('CarrierAlphaCode'),
      routing: first.text('CarrierRouting'),
    }),
  )
}

function fob(header: View): object | undefined {
  const first = header.one('FOBRelatedInstruction')
  return orNothing(
    defined({
      pay: first.text('FOBPayCode'),
      qualifier: first.text('FOBLocationQualifier'),
      description: first.text('FOBLocationDescription'),
    }),
  )
}

/** Sender and receiver of the envelope, for the answers. */
const envelope = (meta: View): object | undefined =>
  orNothing(
    defined({
      sender: meta.text('SenderUniqueID'),
      senderName: meta.text('SenderCompanyName'),
      receiver: meta.text('ReceiverUniqueID'),
      receiverName: meta.text('ReceiverCompanyName'),
      orderManagement: meta.text('OrderManagement'),
      controlNumber: meta.text('DocumentControlNumber'),
    }),
  )
