type Coded = readonly (readonly [code: string, name: string])[]

export const currencies: readonly (readonly [name: string, symbol: string, full: string, places: number])[] = [
  ['USD', '$', 'United States dollar', 2],
  ['EUR', '€', 'Euro', 2],
  ['CAD', '$', 'Canadian dollar', 2],
  ['GBP', '£', 'Pound sterling', 2],
  ['MXN', '$', 'Mexican peso', 2],
  ['CHF', 'CHF', 'Swiss franc', 2],
  ['JPY', '¥', 'Japanese yen', 0],
]

/** With the database ids that Odoo's own data gives them where known, ascending. */
export const countries: readonly (readonly [id: number, code: string, name: string])[] = [
  [12, 'AT', 'Austria'],
  [13, 'AU', 'Australia'],
  [20, 'BE', 'Belgium'],
  [31, 'BR', 'Brazil'],
  [38, 'CA', 'Canada'],
  [43, 'CH', 'Switzerland'],
  [48, 'CN', 'China'],
  [57, 'DE', 'Germany'],
  [59, 'DK', 'Denmark'],
  [68, 'ES', 'Spain'],
  [75, 'FR', 'France'],
  [101, 'IE', 'Ireland'],
  [109, 'IT', 'Italy'],
  [113, 'JP', 'Japan'],
  [156, 'MX', 'Mexico'],
  [165, 'NL', 'Netherlands'],
  [179, 'PL', 'Poland'],
  [184, 'PT', 'Portugal'],
  [196, 'SE', 'Sweden'],
  [231, 'GB', 'United Kingdom'],
  [233, 'US', 'United States'],
]

const us =
  'Alabama AL|Alaska AK|Arizona AZ|Arkansas AR|California CA|Colorado CO|Connecticut CT|Delaware DE|District of Columbia DC|Florida FL|Georgia GA|Hawaii HI|Idaho ID|Illinois IL|Indiana IN|Iowa IA|Kansas KS|Kentucky KY|Louisiana LA|Maine ME|Maryland MD|Massachusetts MA|Michigan MI|Minnesota MN|Mississippi MS|Missouri MO|Montana MT|Nebraska NE|Nevada NV|New Hampshire NH|New Jersey NJ|New Mexico NM|New York NY|North Carolina NC|North Dakota ND|Ohio OH|Oklahoma OK|Oregon OR|Pennsylvania PA|Rhode Island RI|South Carolina SC|South Dakota SD|Tennessee TN|Texas TX|Utah UT|Vermont VT|Virginia VA|Washington WA|West Virginia WV|Wisconsin WI|Wyoming WY'
const ca =
  'Alberta AB|British Columbia BC|Manitoba MB|New Brunswick NB|Newfoundland and Labrador NL|Northwest Territories NT|Nova Scotia NS|Nunavut NU|Ontario ON|Prince Edward Island PE|Quebec QC|Saskatchewan SK|Yukon YT'

const coded = (text: string): Coded => text.split('|').map((entry) => [entry.slice(-2), entry.slice(0, -3)] as const)

/** By country code, in the order of Odoo's external ids. A state's code is unique within its country only. */
export const states: { readonly [country: string]: Coded } = {
  US: coded(us),
  CA: coded(ca),
  IT: [['CA', 'Cagliari']],
  ES: [['CA', 'Cádiz']],
}
