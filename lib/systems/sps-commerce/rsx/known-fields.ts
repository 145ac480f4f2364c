import { asList, isSection, type Section } from './clean.ts'
import { order } from './orders.ts'
import { note, reference } from './parts.ts'
import { itemRegistry, productActivity } from './reports.ts'
import { itemLevel, orderLevel, packLevel, shipment } from './shipments.ts'
import { integer, many, number, one, type Sections } from './structure.ts'
import { warehouseReceipt } from './warehouse-receipts.ts'

/** A shipment as it may be read: levels in any order and at the root, loads (sps-commerce.md 7.4). We send it in one order. */
const levels: Sections = {
  ContainerLevel: many(() => levels),
  OrderLevel: many(() => ({ ...orderLevel, ...levels })),
  PackLevel: many(() => ({ ...packLevel, ...levels })),
  ItemLevel: many(() => ({ ...itemLevel, ...levels, ItemLoadInfo: many(() => load) })),
}
const load: Sections = {
  ItemLoad: one(() => ({ NumberOfLoads: integer, UnitsShipped: number })),
  References: many(() => reference),
  Notes: many(() => note),
}

const structures: Readonly<Record<string, Sections>> = {
  'purchase-order': order,
  'purchase-order-change': order,
  acknowledgement: order,
  'advance-ship-notice': { ...shipment, ...levels },
  'warehouse-receipt': warehouseReceipt,
  'product-activity': productActivity,
  'inventory-advice': itemRegistry,
}

/** Names of the 7.7.7 structure that no flow reads: known, kept in the raw copy (sps-commerce.md 7.1). */
const keptRaw = new Set([
  ...['AdditionalPOTypeCodes', 'SalesRequirementCode', 'ContractType', 'InvoiceTypeCode', 'AcknowledgementType'],
  ...['DocumentVersion', 'DocumentRevision', 'QuantityAndWeight', 'MonetaryAmounts', 'Commodity', 'Packaging'],
  ...['Paperwork', 'Measurements', 'LeadTime', 'RestrictionsOrConditions', 'CarrierSpecialHandlingDetail'],
  ...['MarksAndNumbersCollection', 'RegulatoryCompliances', 'Subline', 'NRFStandardColorAndSize', 'Contacts'],
  ...['CarrierInformation', 'QuantityTotals', 'PriceInformation', 'References', 'Dates', 'Address', 'Notes', 'Taxes'],
  ...['ReferenceIDs', 'MasterItemAttribute', 'PalletInformation', 'FloorReady', 'ChargesAllowances', 'LoadSize'],
  ...[
    'LoadSizeUOM',
    'PackingMedium',
    'PackingMaterial',
    'ApplicationId',
    'NatlDrugCode',
    'Container',
    'PhysicalDetails',
  ],
  ...['InternationalStandardBookNumber', 'CumulativeQty', 'ShipDate', 'PurchasePriceBasis'],
  ...['PurchasePriceType', 'InternalOrderDate', 'InvoiceDate', 'TsetTypeCode', 'MasterLinkNumber'],
  ...['LinkSequenceNumber', 'LadingQuantity', 'LadingQuantityReceived', 'LineSequenceNumber'],
])

/** Fields of a document that the structure does not have, each once, as paths without indexes; sorted. */
export function unknownFields(type: string, document: Section): string[] {
  const structure = structures[type]
  if (structure === undefined) return []
  const found = new Set<string>()
  walk(document, structure, '', found)
  return [...found].sort()
}

function walk(section: Section, structure: Sections, path: string, found: Set<string>): void {
  for (const [name, value] of Object.entries(section)) {
    const here = path === '' ? name : `${path}.${name}`
    const field = structure[name]
    if (field === undefined) {
      if (!keptRaw.has(name)) found.add(here)
    } else if (field.kind === 'one' || field.kind === 'many') {
      for (const inner of asList(value)) if (isSection(inner)) walk(inner, field.of(), here, found)
    }
  }
}
