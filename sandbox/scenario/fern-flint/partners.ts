import type { Retailer } from '../retailer.ts'

const supplier = { id: 'FERNFLINT', name: 'Fern & Flint Supply' }

/** A regional chain that buys from Fern & Flint. */
export const alderMarket: Retailer = {
  partner: '3F1ALDERMKT',
  sender: 'ALDERMKT',
  supplier,
  name: 'Alder Market',
  customer: 'ALDER',
  currency: 'USD',
  vendor: 'FF-2201',
  department: '31',
  terms: { code: 'N30', discountPercent: 0, discountDays: 0, netDays: 30 },
  carrier: { scac: 'UPSN', routing: 'UPS Ground', shipVia: 'UPS Ground' },
  buyer: { name: 'Ines Okafor', phone: '603-555-0142', email: 'buying@alder.example' },
  billTo: {
    code: 'AM-AP',
    name: 'Alder Market, Accounts Payable',
    street: '1 Court Square',
    city: 'Keene',
    state: 'NH',
    postalCode: '03431',
    country: 'USA',
    location: 'ALDER',
  },
  places: [
    {
      code: '0201',
      name: 'Alder Market DC 1',
      street: '88 Mill Pond Road',
      city: 'Keene',
      state: 'NH',
      postalCode: '03431',
      country: 'USA',
      location: 'ALDER-DC1',
    },
    // Not in the locations table: Odoo knows it by its number.
    {
      code: '0305',
      name: 'Alder Market 0305',
      street: '9 Depot Street',
      city: 'Peterborough',
      state: 'NH',
      postalCode: '03458',
      country: 'USA',
      location: '0305',
    },
  ],
  parts: { 'FF-GLS-08': 'AM-30081', 'FF-GLS-12': 'AM-30082', 'FF-CAN-03': 'AM-30140', 'FF-TRY-RD': 'AM-30177' },
  lineDigits: 3,
}

/** A department store that names articles by UPC and its own number. */
export const kornblume: Retailer = {
  partner: '3F1KORNBLUME',
  sender: 'KORNBLUME',
  supplier,
  name: 'Kornblume Warenhaus',
  customer: 'KORNBLUME',
  currency: 'USD',
  vendor: '80117',
  terms: { code: 'N30', discountPercent: 0, discountDays: 0, netDays: 30 },
  carrier: { scac: 'FXFE', routing: 'FedEx Freight', shipVia: 'FedEx Freight' },
  buyer: { name: 'Jonas Abt', phone: '207-555-0155', email: 'einkauf@kornblume.example' },
  billTo: {
    code: 'K-HQ',
    name: 'Kornblume Warenhaus',
    street: '200 Commercial Street',
    city: 'Portland',
    state: 'ME',
    postalCode: '04101',
    country: 'USA',
    location: 'KORNBLUME',
  },
  places: [
    {
      code: 'K7',
      name: 'Kornblume Haus 7',
      street: '12 Harbour Row',
      city: 'Portland',
      state: 'ME',
      postalCode: '04101',
      country: 'USA',
      location: 'KORN-07',
    },
  ],
  parts: { 'FF-CAN-06': '55-0012', 'FF-TRY-RD': '55-0017' },
  names: ['buyer', 'upc'],
}

export const retailers: readonly Retailer[] = [alderMarket, kornblume]

/** A supplier of Fern & Flint, and the numbers it gives the articles. */
export interface Supplier {
  partner: string
  sender: string
  name: string
  /** Reference of the contact in Odoo. */
  vendor: string
  parts: Readonly<Record<string, string>>
  prices: Readonly<Record<string, number>>
}

export const glasswerk: Supplier = {
  partner: '3F1GLASSWERK',
  sender: 'GLASSWERK',
  name: 'Glasswerk Tableware',
  vendor: 'GLASSWERK',
  parts: { 'FF-GLS-08': 'GW-TB8-GRN', 'FF-GLS-12': 'GW-TB12-GRN' },
  prices: { 'FF-GLS-08': 1.35, 'FF-GLS-12': 1.62 },
}
export const tinderbox: Supplier = {
  partner: '3F1TINDERBOX',
  sender: 'TINDERBOX',
  name: 'Tinderbox Candle Works',
  vendor: 'TINDERBOX',
  parts: { 'FF-CAN-03': 'TB-P3-IV', 'FF-CAN-06': 'TB-P6-IV' },
  prices: { 'FF-CAN-03': 2.2, 'FF-CAN-06': 3.9 },
}
export const suppliers: readonly Supplier[] = [glasswerk, tinderbox]

/** Books in what arrives for Fern & Flint. */
export const coldQuay = { partner: '3F1COLDQUAY', sender: 'COLDQUAY', name: 'Cold Quay Logistics' }
