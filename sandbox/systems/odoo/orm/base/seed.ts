import type { Environment } from '../env.ts'
import type { Rec } from '../model.ts'
import { groups, switchedOff } from '../rights.ts'
import { countries, currencies, states } from './places.ts'
import { secrets } from './users.ts'

export interface Account {
  login: string
  password: string
  apiKey: string
}

export interface SeedOptions {
  company: string
  currency: string
  /** Language codes that are installed, beside en_US. */
  languages: readonly string[]
  admin: Account
  connector: Account
}

/** Groups of the connector's user: enough for all that the fact sheet reads and writes (odoo.md §2.4). */
const connectorGroups = [
  'base.group_user',
  'base.group_partner_manager',
  'stock.group_stock_user',
  'mrp.group_mrp_user',
  'purchase.group_purchase_user',
  'sales_team.group_sale_salesman',
  'sales_team.group_sale_salesman_all_leads',
  'account.group_account_invoice',
]

/** The data every new database begins with. Ids are not promised, external ids are. */
export function seed(given: Environment, options: SeedOptions): void {
  const env = given.with({ noupdate: true })
  const make = (model: string, externalId: string, values: Parameters<typeof insert>[2]) => {
    const record = insert(env, model, values)
    env.setExternalId(externalId, record)
    return record
  }
  for (const code of new Set(['en_US', 'fr_FR', 'de_DE', 'es_ES', ...options.languages]))
    make('res.lang', `base.lang_${code.replace(/_.*/, '')}`, {
      name: code,
      code,
      active: code === 'en_US' || options.languages.includes(code),
    })
  make('mail.message.subtype', 'mail.mt_comment', { name: 'Discussions', internal: false })
  make('mail.message.subtype', 'mail.mt_note', { name: 'Note', internal: true })
  make('mail.activity.type', 'mail.mail_activity_data_todo', { name: 'To-Do' })
  for (const [name, symbol, full, places] of currencies)
    make('res.currency', `base.${name}`, {
      name,
      symbol,
      full_name: full,
      decimal_places: places,
      rounding: 1 / 10 ** places,
      active: name === options.currency,
    })
  for (const [id, code, name] of countries) {
    env.transaction.database.table('res.country').lastId = id - 1
    const country = make('res.country', `base.${code.toLowerCase() === 'gb' ? 'uk' : code.toLowerCase()}`, {
      code,
      name,
    })
    for (const [number, [state, label]] of (states[code] ?? []).entries())
      make(
        'res.country.state',
        code === 'US' ? `base.state_us_${number + 1}` : `base.state_${code.toLowerCase()}_${state.toLowerCase()}`,
        {
          code: state,
          name: label,
          country_id: country.id,
        },
      )
  }
  const home = make('res.partner', 'base.main_partner', {
    name: options.company,
    is_company: true,
    country_id: env.ref('base.us')?.id ?? false,
  })
  const row = env.transaction.row('res.partner', home.id)
  if (row) env.transaction.put('res.partner', { ...row, create_uid: false })
  make('res.company', 'base.main_company', {
    name: options.company,
    partner_id: home.id,
    currency_id: env.ref(`base.${options.currency}`)?.id ?? false,
  })
  for (const group of Object.keys(groups)) make('res.groups', group, { name: label(env, group) })
  const everything = Object.keys(groups).filter((group) => !switchedOff.includes(group))
  const root = { login: '__system__', password: '', apiKey: '' }
  const people: [string, NewUser][] = [
    ['base.user_root', { ...root, name: 'OdooBot', groups: everything, active: false }],
    ['base.user_admin', { ...options.admin, name: 'Administrator', groups: everything }],
    ['sandbox.user_connector', { ...options.connector, name: 'Connector', groups: connectorGroups }],
  ]
  for (const [externalId, person] of people) env.setExternalId(externalId, addUser(env, person))
  // Named by the module that brings the model, which most names begin with.
  for (const [name, definition] of env.registry)
    make('ir.model', `${name.split('.')[0]}.model_${name.replaceAll('.', '_')}`, {
      model: name,
      name: definition.description,
    })
  for (const name of [
    'base',
    'web',
    'mail',
    'product',
    'purchase',
    'purchase_requisition',
    'stock',
    'sale_stock',
    'account',
    'stock_delivery',
  ])
    insert(env, 'ir.module.module', { name, state: 'installed' })
}

const insert = (env: Environment, model: string, values: { [field: string]: string | number | boolean }) =>
  env.model(model).create(values)

function label(env: Environment, group: string): string {
  const name = groups[group] ?? group
  return typeof name === 'string' ? name : name[env.version]
}

export interface NewUser extends Partial<Account> {
  login: string
  password: string
  name?: string
  /** External ids of groups; none where absent. */
  groups?: readonly string[]
  /** The first company where absent. */
  companies?: readonly number[]
  active?: boolean
}

export function addUser(env: Environment, user: NewUser): Rec {
  const { login, name = login, groups: memberOf = [], active = true } = user
  const companies = user.companies ?? [env.ref('base.main_company')?.id ?? 1]
  const made = env.model('res.users').create({
    login,
    name,
    email: `${login}@example.test`,
    tz: 'UTC',
    company_id: companies[0] ?? 1,
    company_ids: [[6, 0, [...companies]]],
    active,
    [env.version === 19 ? 'group_ids' : 'groups_id']: [[6, 0, memberOf.flatMap((group) => env.ref(group)?.id ?? [])]],
  })
  if (!active) made.one('partner_id')?.set({ active })
  const row = env.transaction.row('res.users', made.id)
  if (row)
    env.transaction.put('res.users', { ...row, [secrets.password]: user.password, [secrets.groups]: [...memberOf] })
  if (user.apiKey) addKey(env, made.id, { name: login, key: user.apiKey, scope: 'rpc' })
  return made
}

export interface NewKey {
  name: string
  key: string
  /** Empty and 'rpc' work for RPC, others do not (odoo.md §2.3). */
  scope?: string
  /** 'YYYY-MM-DD HH:MM:SS'. */
  expires?: string
}

export function addKey(env: Environment, uid: number, key: NewKey): number {
  const made = env.model('res.users.apikeys').create({
    name: key.name,
    scope: key.scope ?? false,
    user_id: uid,
    expiration_date: key.expires ?? false,
  })
  const row = env.transaction.row('res.users.apikeys', made.id)
  if (row) env.transaction.put('res.users.apikeys', { ...row, [secrets.key]: key.key })
  return made.id
}
