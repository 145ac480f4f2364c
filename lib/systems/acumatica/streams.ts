import type { Query } from './odata.ts'
import { type ApiRecord, identifier } from './records.ts'
import { contractYear, type Settings } from './settings.ts'

/** One thing that is polled by its changes: an entity, for invoices one type of it. */
export interface Stream {
  entity: 'Shipment' | 'SalesInvoice'
  primary: 'shipments' | 'salesInvoices'
  /** The part of the key that ascends within the stream. */
  keyField: string
  /** Narrows the entity to the stream ("Type eq 'Invoice'"). */
  fixed?: { field: string; value: string }
  /** How the changed-since field is written in a filter. */
  changed: string
  /** Fields of a header row, and custom fields where the stamp is one. */
  header: Pick<Query, 'select' | 'custom'>
  /** Everything a document is made of. */
  full: Query
  /** True where a record in this state becomes a document at all (acumatica.md §9 O1, O2). */
  eligible(record: ApiRecord): boolean
}

const shipmentExpand = [
  'Details',
  'Details/Allocations',
  'Packages',
  'Packages/PackageContents',
  'Orders',
  'ShippingSettings',
  'ShippingSettings/ShipToAddress',
  'ShippingSettings/ShipToContact',
]
/** What a shipment is read with. */
export const shipmentQuery: Query = { expand: shipmentExpand }
const invoiceExpand = ['Details', 'FreightDetails', 'TaxDetails', 'DiscountDetails']
const invoiceAddresses = ['ShipToAddress', 'ShipToContact', 'BillToAddress', 'BillToContact']
const billingSettings = ['BillingSettings', 'BillingSettings/BillToAddress', 'BillingSettings/BillToContact']
/** On contracts that do not have it as a field (acumatica.md §5). */
const customStamp = 'Document.LastModifiedDateTime'

/** What related records are read with. */
export const related = {
  SalesOrder: (settings: Settings): Query => ({
    expand: ['Details', 'ShipToAddress', 'ShipToContact'],
    custom: settings.customFields.SalesOrder,
  }),
  StockItem: (): Query => ({ expand: ['CrossReferences', 'UOMConversions'] }),
  CustomerLocation: (): Query => ({ expand: ['LocationContact', 'LocationContact/Address'] }),
  SalesInvoice: (settings: Settings): Query => invoiceQuery(settings),
}

const invoiceQuery = (settings: Settings): Query => {
  const year = contractYear(settings.endpoint)
  return {
    expand: [...invoiceExpand, ...(year >= 24 ? invoiceAddresses : billingSettings)],
    custom: [...(year >= 23 ? [] : [customStamp]), ...settings.customFields.SalesInvoice],
  }
}

/** The streams of a connection by name: shipments, and one for each invoice type that is read. */
export function streamsOf(settings: Settings): Map<string, Stream> {
  const { statuses } = settings
  const fieldless = contractYear(settings.endpoint) < 23
  const shipments: Stream = {
    entity: 'Shipment',
    primary: 'shipments',
    keyField: 'ShipmentNbr',
    changed: 'LastModifiedDateTime',
    header: { select: ['ShipmentNbr', 'Type', 'Operation', 'Status', 'LastModifiedDateTime'] },
    full: { expand: shipmentExpand, custom: settings.customFields.Shipment },
    eligible: (record) =>
      identifier(record, 'Type') === statuses.shipmentType &&
      identifier(record, 'Operation') === statuses.shipmentOperation &&
      !statuses.shipmentUnready.includes(identifier(record, 'Status') ?? ''),
  }
  const invoices = (type: string): Stream => ({
    entity: 'SalesInvoice',
    primary: 'salesInvoices',
    keyField: 'ReferenceNbr',
    fixed: { field: 'Type', value: type },
    changed: fieldless ? `cf.DateTime(f='${customStamp}')` : 'LastModifiedDateTime',
    header: {
      select: ['Type', 'ReferenceNbr', 'Status', ...(fieldless ? [] : ['LastModifiedDateTime'])],
      ...(fieldless ? { custom: [customStamp] } : {}),
    },
    full: invoiceQuery(settings),
    eligible: (record) => statuses.invoiceReleased.includes(identifier(record, 'Status') ?? ''),
  })
  return new Map([
    ['shipments', shipments] as const,
    ...settings.invoiceTypes.map((type) => [`invoices:${type}`, invoices(type)] as const),
  ])
}
