import type { Centre, Channel } from './model.ts'

/** The account as it was recorded: two centres, a hub, our channel and a shop's. */
export const centres: readonly Centre[] = [
  {
    id: 10,
    name: 'Moreno Valley (CA)',
    abbreviation: 'ONT1',
    timezone: 'Pacific Standard Time',
    region: { id: 1, name: 'West' },
    address: {
      address1: '100 Example Ave',
      address2: 'Building 1',
      city: 'Moreno Valley',
      state: 'CA',
      country: 'US',
      zip_code: '92555',
    },
    phone: '5555550100',
    email: 'receiving-ca@example.com',
    receives: true,
    ships: true,
    hub: false,
  },
  {
    id: 211,
    name: 'Fairburn (GA)',
    abbreviation: 'ATL2',
    timezone: 'Eastern Standard Time',
    region: { id: 3, name: 'South' },
    address: {
      address1: '200 Example Pkwy',
      address2: null,
      city: 'Fairburn',
      state: 'GA',
      country: 'US',
      zip_code: '30213',
    },
    phone: '5555550111',
    email: 'receiving-ga@example.com',
    receives: false,
    ships: true,
    hub: false,
  },
  {
    id: 301,
    name: 'Chicago Hub (IL)',
    abbreviation: 'ORD9',
    timezone: 'Central Standard Time',
    region: { id: 2, name: 'Midwest' },
    address: {
      address1: '300 Example St',
      address2: null,
      city: 'Chicago',
      state: 'IL',
      country: 'US',
      zip_code: '60601',
    },
    phone: '5555550133',
    email: 'hub@example.com',
    receives: true,
    ships: false,
    hub: true,
  },
]

/** Everything a personal token may do. */
export const allScopes = [
  'billing_read',
  'channels_read',
  'fulfillments_read',
  'fulfillments_write',
  'inventory_read',
  'inventory_write',
  'locations_read',
  'orders_read',
  'orders_write',
  'products_read',
  'products_write',
  'receiving_read',
  'receiving_write',
  'returns_read',
  'returns_write',
  'webhooks_read',
  'webhooks_write',
]

/** What we write as, and where the merchant's customers order. */
export const ownChannel = 318_204
export const shopChannel = 127_733

export const channels: readonly Channel[] = [
  { id: ownChannel, name: 'Odoo Bridge (PAT)', application_name: 'SMA', scopes: allScopes },
  {
    id: shopChannel,
    name: 'brightleaf-shop',
    application_name: 'Shopify',
    scopes: ['channels_read', 'orders_read', 'products_read'],
  },
]

export const merchant = 904_411

/** What a person stored with the connection: a personal token, and the OAuth app. */
export const credentials = {
  token: 'sandbox-pat-0001',
  clientId: 'sandbox-app',
  clientSecret: 'sandbox-app-secret',
  redirectUri: 'http://127.0.0.1:41899/shipbob/callback',
} as const
