import { model } from '../model.ts'

const ofPartner = (field: string) => ({ type: 'char', related: `partner_id.${field}` }) as const

export const companies = model({
  name: 'res.company',
  description: 'Companies',
  order: 'sequence, name',
  companyRule: false,
  fields: {
    name: { type: 'char', required: true, string: 'Company Name' },
    active: { type: 'boolean', default: true },
    sequence: { type: 'integer', default: 10 },
    partner_id: { type: 'many2one', relation: 'res.partner', required: true },
    currency_id: { type: 'many2one', relation: 'res.currency', required: true },
    parent_id: { type: 'many2one', relation: 'res.company', string: 'Parent Company' },
    child_ids: { type: 'one2many', relation: 'res.company', inverse: 'parent_id', string: 'Branches' },
    email: ofPartner('email'),
    phone: ofPartner('phone'),
    street: ofPartner('street'),
    street2: ofPartner('street2'),
    city: ofPartner('city'),
    zip: ofPartner('zip'),
    vat: ofPartner('vat'),
    state_id: { type: 'many2one', relation: 'res.country.state', related: 'partner_id.state_id' },
    country_id: { type: 'many2one', relation: 'res.country', related: 'partner_id.country_id' },
  },
  beforeCreate: (env, values) => ({
    currency_id: env.ref('base.USD')?.id ?? false,
    ...values,
    partner_id:
      values.partner_id ?? env.model('res.partner').create({ name: values.name ?? false, is_company: true }).id,
  }),
  onCreate: (env, created) => {
    // Who makes a company may work in it.
    if (env.user.exists()) env.user.set({ company_ids: created.map((company) => [4, company.id, 0]) })
  },
  access: { write: ['base.group_erp_manager'], create: ['base.group_erp_manager'], unlink: ['base.group_erp_manager'] },
})

export const currencies = model({
  name: 'res.currency',
  description: 'Currency',
  order: 'active desc, name',
  fields: {
    name: { type: 'char', required: true, string: 'Currency' },
    full_name: { type: 'char' },
    symbol: { type: 'char', required: true },
    rounding: { type: 'float', string: 'Rounding Factor', default: 0.01 },
    decimal_places: { type: 'integer', default: 2 },
    rate: { type: 'float', string: 'Current Rate', default: 1 },
    active: { type: 'boolean', default: true },
  },
  unique: [{ fields: ['name'], message: 'The currency code must be unique!' }],
  access: { write: ['base.group_system'], create: ['base.group_system'], unlink: ['base.group_system'] },
})

export const countries = model({
  name: 'res.country',
  description: 'Country',
  order: 'name, id',
  searchNames: ['code', 'name'],
  fields: {
    name: { type: 'char', required: true, string: 'Country Name', translate: true },
    code: { type: 'char', required: true, string: 'Country Code' },
    currency_id: { type: 'many2one', relation: 'res.currency' },
    phone_code: { type: 'integer', string: 'Country Calling Code' },
    state_ids: { type: 'one2many', relation: 'res.country.state', inverse: 'country_id', string: 'States' },
  },
  unique: [{ fields: ['code'], message: 'The code of the country must be unique!' }],
  access: {
    write: ['base.group_partner_manager'],
    create: ['base.group_partner_manager'],
    unlink: ['base.group_system'],
  },
})

export const states = model({
  name: 'res.country.state',
  description: 'Country state',
  order: 'code, id',
  searchNames: ['name', 'code'],
  displayName: (state) => `${state.str('name')} (${state.one('country_id')?.str('code') ?? ''})`,
  fields: {
    name: { type: 'char', required: true, string: 'State Name' },
    code: { type: 'char', required: true, string: 'State Code' },
    country_id: { type: 'many2one', relation: 'res.country', required: true },
  },
  unique: [{ fields: ['country_id', 'code'], message: 'The code of the state must be unique by country!' }],
  access: {
    write: ['base.group_partner_manager'],
    create: ['base.group_partner_manager'],
    unlink: ['base.group_system'],
  },
})

export const languages = model({
  name: 'res.lang',
  description: 'Languages',
  order: 'active desc, name',
  fields: {
    name: { type: 'char', required: true },
    code: { type: 'char', required: true, string: 'Locale Code' },
    active: { type: 'boolean' },
  },
  unique: [{ fields: ['code'], message: 'The code of the language must be unique!' }],
  access: { write: ['base.group_system'], create: ['base.group_system'], unlink: ['base.group_system'] },
})
