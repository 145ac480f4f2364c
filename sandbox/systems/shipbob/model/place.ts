export interface Centre {
  id: number
  name: string
  abbreviation: string
  timezone: string
  region: { id: number; name: string }
  address: { address1: string; address2: string | null; city: string; state: string; country: string; zip_code: string }
  phone: string
  email: string
  receives: boolean
  ships: boolean
  hub: boolean
}

export interface Channel {
  id: number
  name: string
  application_name: string
  scopes: string[]
}
