import type { Data, SaveOptions } from './data.ts'
import { type ApiRecord, day, fields, guid, isObject, list, midnight, money, num, str, system } from './wire.ts'

export interface InvoiceOptions {
  lineDiscountPercent?: number
  documentDiscountPercent?: number
  freight?: number
  premiumFreight?: number
  /** Percent on goods after discounts. */
  tax?: { id: string; percent: number }
  /** What the terms would take off for early payment. */
  cashDiscount?: number
  /** False leaves it Balanced: not yet released. */
  release?: boolean
  date?: string
  save?: SaveOptions
}

export interface CreditOptions {
  /** Line of the invoice → quantity credited. Everything, if absent. */
  lines?: Record<number, number>
  /** The customer's number of the return; the return order's own CustomerOrder. */
  claim?: string
  release?: boolean
  save?: SaveOptions
}

/** Bills shipments in one invoice and returns the SalesInvoice record. */
export function bill(data: Data, shipmentNbrs: string[], options: InvoiceOptions): ApiRecord {
  const shipments = shipmentNbrs.map((nbr) => {
    const shipment = data.find('Shipment', nbr)
    if (!shipment || str(shipment, 'Status') !== 'Confirmed') throw new Error(`shipment ${nbr} cannot be billed`)
    return shipment
  })
  const nbr = `INV-${104_481 + data.next('invoice')}`
  const name = `SalesInvoice|Invoice|${nbr}`
  const lines = shipments.flatMap((shipment) => list(shipment, 'Details').map((line) => ({ shipment, line })))
  const orders = new Map<string, ApiRecord | undefined>()
  const orderOf = (line: ApiRecord) => {
    const [type, number] = [str(line, 'OrderType'), str(line, 'OrderNbr')]
    if (!orders.has(number)) orders.set(number, data.find('SalesOrder', type, number))
    return orders.get(number)
  }
  const details = lines.map(({ shipment, line }, i) => {
    const orderLine = list(orderOf(line), 'Details').find((one) => num(one, 'LineNbr') === num(line, 'OrderLineNbr'))
    return invoiceLine(name, i + 1, {
      OrderType: str(line, 'OrderType'),
      OrderNbr: str(line, 'OrderNbr'),
      OrderLineNbr: num(line, 'OrderLineNbr'),
      ShipmentNbr: str(shipment, 'ShipmentNbr'),
      InventoryID: str(line, 'InventoryID'),
      TransactionDescr: str(line, 'Description') || undefined,
      Qty: num(line, 'ShippedQty'),
      UOM: str(line, 'UOM'),
      UnitPrice: num(orderLine, 'UnitPrice'),
      DiscountPercent: options.lineDiscountPercent ?? 0,
    })
  })
  const [first] = lines
  const order = first && orderOf(first.line)
  const freightRow = freightOf(name, shipments, options)
  const invoice = totals(
    { ...header(data, 'Invoice', nbr, order, options.date), Details: details, FreightDetails: freightRow },
    name,
    options,
  )
  for (const shipment of shipments) bookInvoice(data, shipment, nbr)
  const saved = data.save('SalesInvoice', invoice, options.save)
  return options.release === false ? saved : release(data, 'Invoice', nbr, options.save)
}

/** Releases a balanced document: Open, and its shipments are Completed. */
export function release(data: Data, type: string, nbr: string, save?: SaveOptions): ApiRecord {
  const invoice = data.find('SalesInvoice', type, nbr)
  if (!invoice) throw new Error(`there is no ${type} ${nbr}`)
  for (const shipmentNbr of new Set(list(invoice, 'Details').map((line) => str(line, 'ShipmentNbr')))) {
    const shipment = data.find('Shipment', shipmentNbr)
    if (shipment) data.save('Shipment', { ...shipment, Status: { value: 'Completed' } })
  }
  return data.save('SalesInvoice', { ...invoice, Status: { value: 'Open' } }, save)
}

/** Credits an invoice through a return order of its own (acumatica.md §9 I5). */
export function credit(data: Data, invoiceNbr: string, options: CreditOptions): ApiRecord {
  const invoice = data.find('SalesInvoice', 'Invoice', invoiceNbr)
  if (!invoice) throw new Error(`there is no invoice ${invoiceNbr}`)
  const serial = data.next('credit memo')
  const nbr = `CM-${String(770 + serial).padStart(5, '0')}`
  const returnNbr = `RC-${String(117 + serial).padStart(5, '0')}`
  const name = `SalesInvoice|Credit Memo|${nbr}`
  const claim = options.claim ?? `CLAIM-${20_176 + serial}`
  const credited = list(invoice, 'Details').filter((line) => !options.lines || num(line, 'LineNbr') in options.lines)
  const details = credited.map((line, i) =>
    invoiceLine(name, i + 1, {
      OrderType: 'RC',
      OrderNbr: returnNbr,
      OrderLineNbr: i + 1,
      ShipmentNbr: undefined,
      InventoryID: str(line, 'InventoryID'),
      TransactionDescr: str(line, 'TransactionDescr') || undefined,
      Qty: options.lines?.[num(line, 'LineNbr')] ?? num(line, 'Qty'),
      UOM: str(line, 'UOM'),
      UnitPrice: num(line, 'UnitPrice'),
      DiscountPercent: num(line, 'DiscountPercent'),
      OrigInvType: 'Invoice',
      OrigInvNbr: invoiceNbr,
      OrigInvLineNbr: num(line, 'LineNbr'),
    }),
  )
  const original = credited[0] && data.find('SalesOrder', 'SO', str(credited[0], 'OrderNbr'))
  const order: ApiRecord = {
    ...structuredClone(original ?? {}),
    ...system(`SalesOrder|RC|${returnNbr}`),
    ...fields({ OrderType: 'RC', OrderNbr: returnNbr, CustomerOrder: claim, ExternalRef: undefined }),
    ...fields({ Status: 'Completed' }),
    Shipments: [],
    Details: details.map((line, i) => ({
      ...system(`SalesOrder|RC|${returnNbr}|${i + 1}`, i + 1),
      ...fields({ LineNbr: i + 1, InventoryID: str(line, 'InventoryID'), OrderQty: num(line, 'Qty') }),
      ...fields({ UOM: str(line, 'UOM'), UnitPrice: num(line, 'UnitPrice'), Operation: 'Receipt' }),
    })),
  }
  data.save('SalesOrder', order)
  const memo = totals(
    { ...header(data, 'Credit Memo', nbr, order, undefined), Details: details, FreightDetails: [] },
    name,
    {},
  )
  data.save('SalesInvoice', memo, options.save)
  return options.release === false ? memo : release(data, 'Credit Memo', nbr, options.save)
}

function header(data: Data, type: string, nbr: string, order: ApiRecord | undefined, date?: string): ApiRecord {
  const name = `SalesInvoice|${type}|${nbr}`
  const customer = data.find('Customer', str(order, 'CustomerID'))
  const main = isObject(customer?.MainContact) ? customer.MainContact : {}
  const on = date ?? day(data.now())
  return {
    ...system(name),
    ...fields({
      Type: type,
      ReferenceNbr: nbr,
      Status: 'Balanced',
      Hold: false,
      CreditHold: false,
      Date: midnight(on),
      DueDate: type === 'Invoice' ? midnight(day(Date.parse(on) + 30 * 86_400_000)) : undefined,
      CustomerID: str(order, 'CustomerID'),
      CustomerOrder: str(order, 'CustomerOrder') || undefined,
      Currency: str(order, 'CurrencyID') || 'USD',
      Description: undefined,
      ExternalRef: undefined,
      PaymentTotal: 0,
      Project: 'X',
    }),
    ShipToAddress: { ...(order?.ShipToAddress as ApiRecord), id: guid(`${name}|ShipToAddress`) },
    ShipToContact: { ...(order?.ShipToContact as ApiRecord), id: guid(`${name}|ShipToContact`) },
    BillToAddress: { ...(main.Address as ApiRecord), id: guid(`${name}|BillToAddress`) },
    BillToContact: {
      ...system(`${name}|BillToContact`),
      BusinessName: main.FullName ?? {},
      Attention: main.Attention ?? {},
      Email: main.Email ?? {},
      Phone1: main.Phone1 ?? {},
    },
    BillingSettings: {
      ...system(`${name}|BillingSettings`),
      BillToAddress: { ...(main.Address as ApiRecord), id: guid(`${name}|BillingSettings|Address`) },
      BillToContact: { ...system(`${name}|BillingSettings|Contact`), BusinessName: main.FullName ?? {} },
    },
  }
}

type Plain = Record<string, string | number | undefined>

function invoiceLine(name: string, nbr: number, plain: Plain): ApiRecord {
  const extended = money(Number(plain.Qty) * Number(plain.UnitPrice))
  const discount = money((extended * Number(plain.DiscountPercent)) / 100)
  return {
    ...system(`${name}|${nbr}`, nbr),
    ...fields({ OrigInvType: undefined, OrigInvNbr: undefined, OrigInvLineNbr: undefined, ExternalRef: undefined }),
    ...fields({ LineNbr: nbr, ...plain, DiscountAmount: discount, Amount: money(extended - discount) }),
  }
}

const freightOf = (name: string, shipments: ApiRecord[], options: InvoiceOptions): ApiRecord[] =>
  shipments.map((shipment, i) => {
    const [freight, premium] = i === 0 ? [options.freight ?? 0, options.premiumFreight ?? 0] : [0, 0]
    return {
      ...system(`${name}|freight|${i + 1}`, i + 1),
      ...fields({
        ShipmentNbr: str(shipment, 'ShipmentNbr'),
        ShipmentType: 'Shipment',
        FreightAmount: freight,
        PremiumFreightAmount: premium,
        TotalFreightAmount: money(freight + premium),
      }),
    }
  })

/** Amount = lines after their discounts − document discounts + freight + tax (acumatica.md §7). */
function totals(invoice: ApiRecord, name: string, options: InvoiceOptions): ApiRecord {
  const goods = list(invoice, 'Details').reduce((sum, line) => money(sum + num(line, 'Amount')), 0)
  const percent = options.documentDiscountPercent ?? 0
  const discount = money((goods * percent) / 100)
  const freight = list(invoice, 'FreightDetails').reduce((sum, row) => sum + num(row, 'TotalFreightAmount'), 0)
  const tax = options.tax ? money(((goods - discount) * options.tax.percent) / 100) : 0
  const amount = money(goods - discount + freight + tax)
  const discounts = {
    ...system(`${name}|discount`),
    ...fields({ Type: 'Document', DiscountCode: 'NEWSTORE', Description: 'New store discount' }),
    ...fields({ DiscountPercent: percent, DiscountAmount: discount }),
  }
  const taxes = {
    ...system(`${name}|tax`),
    ...fields({ TaxID: options.tax?.id, TaxableAmount: money(goods - discount), TaxAmount: tax }),
  }
  return {
    ...invoice,
    ...fields({ DetailTotal: goods, DiscountTotal: discount, FreightPrice: freight, TaxTotal: tax }),
    ...fields({ Amount: amount, Balance: amount, CashDiscount: options.cashDiscount ?? 0 }),
    DiscountDetails: discount === 0 ? [] : [discounts],
    TaxDetails: options.tax ? [taxes] : [],
  }
}

/** What billing does to the shipment and its orders. */
function bookInvoice(data: Data, shipment: ApiRecord, nbr: string): void {
  const billed = fields({ InvoiceType: 'Invoice', InvoiceNbr: nbr })
  const nbrOf = str(shipment, 'ShipmentNbr')
  for (const row of list(shipment, 'Orders')) {
    const order = data.find('SalesOrder', str(row, 'OrderType'), str(row, 'OrderNbr'))
    if (!order) continue
    const rows = list(order, 'Shipments').map((one) =>
      str(one, 'ShipmentNbr') === nbrOf ? { ...one, ...billed } : one,
    )
    data.save('SalesOrder', { ...order, Shipments: rows })
  }
  const rows = list(shipment, 'Orders').map((row) => ({ ...row, ...billed }))
  data.save('Shipment', { ...shipment, Status: { value: 'Invoiced' }, Orders: rows })
}
