import { model } from '../model.ts'

const groups = { type: 'many2many', relation: 'res.groups', string: 'Groups' } as const

/** Keys of `row.$…` that no field shows: passwords, keys and the external ids of a user's groups. */
export const secrets = { password: '$password', key: '$key', groups: '$groups' } as const

export const users = model({
  name: 'res.users',
  description: 'User',
  order: 'name, login',
  companyRule: false,
  inherits: { 'res.partner': { field: 'partner_id' } },
  displayName: (user) => user.str('name'),
  searchNames: ['name', 'login'],
  fields: {
    login: { type: 'char', required: true },
    active: { type: 'boolean', default: true },
    partner_id: { type: 'many2one', relation: 'res.partner', required: true, string: 'Related Partner' },
    company_id: { type: 'many2one', relation: 'res.company', required: true, default: (env) => env.company.id },
    company_ids: { type: 'many2many', relation: 'res.company', string: 'Companies' },
    share: { type: 'boolean', string: 'Share User' },
    groups_id: { ...groups, until: 18 },
    group_ids: { ...groups, since: 19 },
  },
  unique: [{ fields: ['login'], message: 'You can not have two users with the same login!' }],
  methods: {
    context_get: {
      on: 'model',
      run: (env) => ({ lang: env.user.get('lang'), tz: env.user.get('tz'), uid: env.uid }),
    },
    has_group: {
      params: ['group_ext_id'],
      run: (env, { ids, args }) => {
        const [user = env.user] = env.sudo().model('res.users').browse(ids)
        const group = env.ref(String(args.group_ext_id))
        const field = env.version === 19 ? 'group_ids' : 'groups_id'
        return group !== undefined && user.many(field).some((one) => one.id === group.id)
      },
    },
  },
  access: { write: ['base.group_erp_manager'], create: ['base.group_erp_manager'], unlink: ['base.group_erp_manager'] },
})

export const userGroups = model({
  name: 'res.groups',
  description: 'Access Groups',
  order: 'name',
  fields: { name: { type: 'char', required: true }, full_name: { type: 'char', related: 'name' } },
  access: { write: ['base.group_erp_manager'], create: ['base.group_erp_manager'], unlink: ['base.group_erp_manager'] },
})

export const apiKeys = model({
  name: 'res.users.apikeys',
  description: 'Users API Keys',
  fields: {
    name: { type: 'char', required: true, string: 'Description', readonly: true },
    scope: { type: 'char', readonly: true },
    user_id: { type: 'many2one', relation: 'res.users', required: true, readonly: true, ondelete: 'cascade' },
    expiration_date: { type: 'datetime', readonly: true },
  },
  // Keys are made in the preferences, with the password: never by a call (odoo.md §2.3).
  access: { write: [], create: [] },
})
