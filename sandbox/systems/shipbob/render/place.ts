import type { Centre } from '../model.ts'

/** A centre as GET /fulfillment-center and receiving orders have it. */
export const centreBody = ({ id, name, timezone, address, phone, email }: Centre): object => {
  const { address1, address2, city, state, country, zip_code } = address
  return { id, name, timezone, address1, address2, city, state, country, zip_code, phone_number: phone, email }
}

/** A centre as GET /location has it (shipbob.md §4.8). */
export const locationBody = (centre: Centre): object => ({
  id: centre.id,
  name: centre.name,
  abbreviation: centre.abbreviation,
  access_granted: true,
  attributes: centre.hub ? ['Hub'] : [],
  is_active: true,
  is_receiving_enabled: centre.receives,
  is_shipping_enabled: centre.ships,
  region: centre.region,
  timezone: centre.timezone,
  services: [
    ...(centre.receives ? [service(centre, 'Receiving', centre.hub ? 'ShipBob Hub' : 'ShipBob Receiving')] : []),
    ...(centre.ships ? [service(centre, 'Returns', 'ShipBob Returns')] : []),
  ],
})

const service = ({ address, phone, email }: Centre, service_type: string, name: string): object => ({
  service_type,
  enabled: true,
  address: { name, ...address, phone_number: phone, email },
})
