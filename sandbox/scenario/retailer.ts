/** A place of a retailer: head office, distribution centre or store. */
export interface Place {
  /** The retailer's own number for it; leading zeros matter. */
  code: string
  name: string
  street: string
  street2?: string
  city: string
  state: string
  postalCode: string
  /** Three letters on RSX documents, two in the ERP. */
  country: 'USA' | 'CAN'
  /** Its LocationID in the ERP; absent where the supplier has not set the place up yet. */
  location?: string
}

/** A retailer of the sample morning, as it looks on its own documents and in the supplier's ERP. */
export interface Retailer {
  /** TradingPartnerId, issued by SPS Commerce. */
  partner: string
  sender: string
  /** The company it buys from, as its envelopes name it; Juniper & Slate where absent. */
  supplier?: { id: string; name: string }
  name: string
  /** CustomerID in the ERP. */
  customer: string
  currency: string
  /** The number the retailer gave the supplier. */
  vendor: string
  department?: string
  terms: { discountPercent: number; discountDays: number; netDays: number; code: string }
  carrier: { scac: string; routing: string; shipVia: string }
  buyer: { name: string; phone: string; email: string }
  billTo: Place
  places: readonly Place[]
  /** The retailer's part number by the supplier's item. */
  parts: Readonly<Record<string, string>>
  /** Width of its line numbers ("001" = 3); as short as they are where absent. */
  lineDigits?: number
  /** Which item numbers its orders carry; every one of them where absent. */
  names?: readonly ('buyer' | 'vendor' | 'upc' | 'gtin')[]
}

export const place = (retailer: Retailer, code: string): Place => {
  const found = [retailer.billTo, ...retailer.places].find((p) => p.code === code)
  if (!found) throw new Error(`${retailer.name} has no place ${code}`)
  return found
}
