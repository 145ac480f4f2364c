import { UserError, ValidationError } from '../errors.ts'
import { type Env, model, type Rec, type Values } from '../model.ts'

const address = ['street', 'street2', 'city', 'zip', 'state_id', 'country_id']
const addressTypes18 = {
  contact: 'Contact',
  invoice: 'Invoice Address',
  delivery: 'Delivery Address',
  other: 'Other Address',
}
const addressTypes19 = { contact: 'Contact', invoice: 'Invoice', delivery: 'Delivery', other: 'Other' }

/** "Parent, Child"; an address without a name is called by what it is for. */
function completeName(partner: Rec, env: Env): string {
  const types: { [key: string]: string } = env.version === 19 ? addressTypes19 : addressTypes18
  const parent = partner.one('parent_id')
  const own = partner.str('name') || (parent ? (types[partner.str('type')] ?? '') : '')
  return parent && !partner.bool('is_company') ? `${parent.str('name')}, ${own}` : own
}

function commercial(partner: Rec, below: readonly number[] = []): Rec {
  const parent = partner.one('parent_id')
  if (!parent || partner.bool('is_company') || below.includes(parent.id)) return partner
  return commercial(parent, [...below, partner.id])
}

function checkRecursion(_: Env, partner: Rec): void {
  const seen = new Set<number>()
  for (let at: Rec | undefined = partner; at; at = at.one('parent_id')) {
    if (seen.has(at.id)) throw new ValidationError('You cannot create recursive Partner hierarchies.')
    seen.add(at.id)
  }
}

/** A plain contact lives where its company does. */
function copyAddress(partner: Rec): void {
  const parent = partner.one('parent_id')
  if (!parent || partner.str('type') !== 'contact' || partner.bool('is_company')) return
  const theirs = Object.fromEntries(address.map((field) => [field, parent.get(field)]))
  if (Object.values(theirs).some(Boolean) && !address.some((field) => partner.get(field))) partner.set(theirs)
}

/** What is written on a company reaches its contacts, which bumps their write_date (odoo.md §4.5). */
function reachChildren(env: Env, partners: Rec[], values: Values): void {
  for (const partner of partners)
    for (const child of partner.many('child_ids')) {
      const moved = address.filter((field) => field in values)
      if (moved.length && child.str('type') === 'contact' && !child.bool('is_company'))
        child.set(Object.fromEntries(moved.map((field) => [field, partner.get(field)])))
      else env.model('res.partner').touch([child.id])
    }
}

export const partners = model({
  name: 'res.partner',
  description: 'Contact',
  order: 'complete_name asc, id desc',
  searchNames: ['complete_name', 'email', 'ref', 'vat'],
  displayName: (partner) => partner.str('complete_name'),
  fields: {
    name: { type: 'char' },
    complete_name: {
      type: 'char',
      store: true,
      readonly: true,
      compute: completeName,
      depends: ['name', 'type', 'is_company', 'parent_id.name'],
    },
    active: { type: 'boolean', default: true },
    is_company: { type: 'boolean', string: 'Is a Company' },
    company_type: {
      type: 'selection',
      selection: [
        ['person', 'Person'],
        ['company', 'Company'],
      ],
      compute: (partner) => (partner.bool('is_company') ? 'company' : 'person'),
      write: (partner, value) => partner.set({ is_company: value === 'company' }),
    },
    company_name: { type: 'char' },
    type: {
      type: 'selection',
      string: 'Address Type',
      default: 'contact',
      until: 18,
      selection: Object.entries(addressTypes18),
    },
    parent_id: { type: 'many2one', relation: 'res.partner', string: 'Related Company', ondelete: 'restrict' },
    parent_name: { type: 'char', related: 'parent_id.name' },
    child_ids: { type: 'one2many', relation: 'res.partner', inverse: 'parent_id', string: 'Contact' },
    commercial_partner_id: {
      type: 'many2one',
      relation: 'res.partner',
      string: 'Commercial Entity',
      store: true,
      readonly: true,
      compute: (partner) => commercial(partner).id,
      depends: ['is_company', 'parent_id.commercial_partner_id'],
    },
    commercial_company_name: {
      type: 'char',
      string: 'Company Name Entity',
      store: true,
      readonly: true,
      compute: (partner) => {
        const company = commercial(partner)
        return company.bool('is_company') ? company.get('name') : partner.get('company_name')
      },
      depends: ['company_name', 'commercial_partner_id.name', 'commercial_partner_id.is_company'],
    },
    street: { type: 'char' },
    street2: { type: 'char' },
    city: { type: 'char' },
    zip: { type: 'char' },
    state_id: { type: 'many2one', relation: 'res.country.state', ondelete: 'restrict' },
    country_id: { type: 'many2one', relation: 'res.country', ondelete: 'restrict' },
    country_code: { type: 'char', related: 'country_id.code' },
    email: { type: 'char' },
    email_normalized: {
      type: 'char',
      string: 'Normalized Email',
      store: true,
      readonly: true,
      compute: (partner) => /[^\s<>]+@[^\s<>]+/.exec(partner.str('email'))?.[0].toLowerCase() ?? false,
      depends: ['email'],
    },
    phone: { type: 'char' },
    mobile: { type: 'char', until: 18 },
    website: { type: 'char', string: 'Website Link' },
    vat: { type: 'char', string: 'Tax ID' },
    ref: { type: 'char', string: 'Reference' },
    barcode: { type: 'char' },
    comment: { type: 'html', string: 'Notes' },
    function: { type: 'char', string: 'Job Position' },
    lang: { type: 'char', string: 'Language', default: 'en_US' },
    tz: { type: 'char', string: 'Timezone' },
    color: { type: 'integer', string: 'Color Index' },
    employee: { type: 'boolean' },
    partner_latitude: { type: 'float', string: 'Geo Latitude', digits: 7 },
    partner_longitude: { type: 'float', string: 'Geo Longitude', digits: 7 },
    image_128: { type: 'binary' },
    category_id: { type: 'many2many', relation: 'res.partner.category', string: 'Tags', inverse: 'partner_ids' },
    company_id: { type: 'many2one', relation: 'res.company' },
    user_id: { type: 'many2one', relation: 'res.users', string: 'Salesperson' },
    customer_rank: { type: 'integer' },
    supplier_rank: { type: 'integer' },
  },
  methods: {
    address_get: {
      params: ['adr_pref?'],
      run: (env, { ids, args }) => {
        const [partner] = env.sudo().model('res.partner').browse(ids)
        if (!partner) return {}
        const family = [partner, ...partner.many('child_ids'), ...commercial(partner).many('child_ids')]
        const kinds = ['contact', ...(Array.isArray(args.adr_pref) ? args.adr_pref.map(String) : [])]
        const found = (kind: string) => family.find((one) => one.str('type') === kind)?.id
        return Object.fromEntries(kinds.map((kind) => [kind, found(kind) ?? found('contact') ?? partner.id]))
      },
    },
  },
  constraints: [
    { fields: ['parent_id'], check: checkRecursion },
    {
      fields: ['name', 'type'],
      check: (_, partner) => {
        if (partner.str('type') === 'contact' && partner.get('name') === false)
          throw new ValidationError('The operation cannot be completed: Contacts require a name')
      },
    },
    {
      fields: ['barcode'],
      check: (env, partner) => {
        const code = partner.str('barcode')
        if (
          code &&
          env
            .with({ active_test: false })
            .model('res.partner')
            .count([['barcode', '=', code]]) > 1
        )
          throw new ValidationError('Another partner already has this barcode')
      },
    },
  ],
  onCreate: (_, created) => created.forEach(copyAddress),
  onWrite: reachChildren,
  beforeUnlink: (env, gone) => {
    const ids = gone.map((partner) => partner.id)
    if (env.model('res.users').count([['partner_id', 'in', ids]]))
      throw new UserError(
        'You cannot delete contacts linked to an active user.\nYou should rather archive them after archiving their associated user.',
      )
  },
  access: {
    write: ['base.group_partner_manager'],
    create: [
      'base.group_partner_manager',
      'stock.group_stock_manager',
      'mrp.group_mrp_manager',
      'purchase.group_purchase_manager',
      'sales_team.group_sale_manager',
    ],
    unlink: ['base.group_partner_manager'],
  },
})

/** The address types under the names of 19. */
export const addressType19 = {
  type: 'selection',
  string: 'Address Type',
  default: 'contact',
  selection: Object.entries(addressTypes19),
} as const

export const partnerTags = model({
  name: 'res.partner.category',
  description: 'Partner Tags',
  order: 'name, id',
  fields: {
    name: { type: 'char', required: true, translate: true },
    active: { type: 'boolean', default: true },
    color: { type: 'integer' },
    parent_id: { type: 'many2one', relation: 'res.partner.category', ondelete: 'cascade' },
    partner_ids: { type: 'many2many', relation: 'res.partner', inverse: 'category_id' },
  },
})
