import type { Masters } from '../systems/acumatica/index.ts'
import { type ApiRecord, fields, system } from '../systems/acumatica/wire.ts'
import { type Article, catalogue } from './catalogue.ts'
import type { Place, Retailer } from './retailer.ts'

/** Master data of the supplier's ERP: they stood there long before this morning. */
const modified = '2026-08-30T11:45:08.420+00:00'

const address = (id: string, at: Place): ApiRecord => ({
  ...system(id),
  ...fields({
    AddressLine1: at.street,
    AddressLine2: at.street2,
    City: at.city,
    State: at.state,
    PostalCode: at.postalCode,
    Country: at.country.slice(0, 2),
  }),
})

function customer(retailer: Retailer): ApiRecord {
  const id = `Customer|${retailer.customer}`
  return {
    ...system(id),
    ...fields({
      CustomerID: retailer.customer,
      CustomerName: retailer.name,
      CustomerClass: 'RETAIL',
      Status: 'Active',
      CurrencyID: retailer.currency,
      Terms: retailer.terms.code,
      ShipVia: retailer.carrier.shipVia,
      WarehouseID: 'W1',
      TaxZone: 'EXEMPT',
      Email: retailer.buyer.email,
      CreatedDateTime: modified,
      LastModifiedDateTime: modified,
    }),
    MainContact: {
      ...system(`${id}|contact`),
      ...fields({
        FullName: retailer.name,
        Email: retailer.buyer.email,
        Phone1: retailer.buyer.phone,
        Attention: null,
      }),
      Address: address(`${id}|address`, retailer.billTo),
    },
  }
}

/** The places that are set up; the retailer's own number of a place stands in ExtRefNbr. */
function locations(retailer: Retailer): ApiRecord[] {
  return [retailer.billTo, ...retailer.places].flatMap((at) => {
    if (at.location === undefined) return []
    const id = `CustomerLocation|${retailer.customer}|${at.location}`
    const main = at === retailer.billTo
    const contact = {
      ...system(`${id}|contact`),
      ...fields({ FullName: at.name, DisplayName: at.name, Attention: null, Email: null, Phone1: null }),
      Address: address(`${id}|address`, at),
    }
    return [
      {
        ...system(id),
        ...fields({
          Customer: retailer.customer,
          LocationID: at.location,
          LocationName: at.name,
          Active: true,
          Status: 'Active',
          Default: main,
          ExtRefNbr: main ? null : at.code,
          ShipVia: retailer.carrier.shipVia,
          Warehouse: 'W1',
          CreatedDateTime: modified,
          LastModifiedDateTime: modified,
        }),
        LocationContact: contact,
      },
    ]
  })
}

function item(article: Article, retailers: readonly Retailer[]): ApiRecord {
  const id = `StockItem|${article.item}`
  const cross = (kind: string, alternate: string, party: string | null, unit: string | null) => ({
    ...system(`${id}|${kind}|${alternate}|${party ?? ''}`),
    ...fields({ AlternateID: alternate, AlternateType: kind, VendorOrCustomer: party, UOM: unit, Description: null }),
  })
  const conversion = (from: string, factor: number) => ({
    ...system(`${id}|${from}`),
    ...fields({ FromUOM: from, ToUOM: 'EA', MultiplyOrDivide: 'Multiply', ConversionFactor: factor }),
  })
  return {
    ...system(id),
    ...fields({
      InventoryID: article.item,
      Description: article.description,
      ItemClass: 'FINISHED',
      ItemStatus: 'Active',
      ItemType: 'Finished Good',
      IsAKit: false,
      BaseUOM: 'EA',
      SalesUOM: 'EA',
      PurchaseUOM: 'EA',
      DefaultPrice: Number(article.price),
      DefaultWarehouseID: 'W1',
      DimensionWeight: Number(article.weight),
      WeightUOM: 'LB',
      LastModified: modified,
      LastModifiedDateTime: modified,
    }),
    CrossReferences: numbered([
      ...retailers.flatMap((r) => {
        const part = r.parts[article.item]
        return part === undefined ? [] : [cross('Customer Part Number', part, r.customer, null)]
      }),
      cross('GTIN/EAN/UPC/ISBN', article.upc, null, 'EA'),
      cross('GTIN/EAN/UPC/ISBN', article.caseCode, null, 'CASE'),
      cross('Global', article.item.replaceAll('-', ''), null, null),
    ]),
    UOMConversions: numbered([conversion('CASE', article.perCase), conversion('PALLET', article.perPallet)]),
  }
}

const numbered = (rows: ApiRecord[]): ApiRecord[] => rows.map((row, i) => ({ ...row, rowNumber: i + 1 }))

/** Every master record of the sample morning. */
export const masters = (retailers: readonly Retailer[]): Masters => ({
  customers: retailers.map(customer),
  customerLocations: retailers.flatMap(locations),
  stockItems: catalogue.map((article) => item(article, retailers)),
})
