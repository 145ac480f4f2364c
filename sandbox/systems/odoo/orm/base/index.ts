import { type Extension, extension, type Model } from '../model.ts'
import { activities, activityTypes } from './activities.ts'
import { analyticAccounts, analyticPlans } from './analytic.ts'
import { companies, countries, currencies, languages, states } from './companies.ts'
import { addressType19, partners, partnerTags } from './partners.ts'
import { chatter, externalIds, messageSubtypes, messages, modelFields, models, modules } from './system.ts'
import { apiKeys, userGroups, users } from './users.ts'

/** The models every Odoo has. */
export const base: readonly (Model | Extension)[] = [
  partners,
  partnerTags,
  companies,
  currencies,
  countries,
  states,
  languages,
  users,
  userGroups,
  apiKeys,
  externalIds,
  models,
  modelFields,
  modules,
  messageSubtypes,
  messages,
  activityTypes,
  activities,
  analyticPlans,
  analyticAccounts,
  extension({ extends: 'res.partner', fields: { type: { ...addressType19, since: 19 } } }),
  chatter('res.partner'),
]

/** Models of the business that have a chatter, where they are there. */
export const withChatter: readonly string[] = [
  'purchase.order',
  'sale.order',
  'stock.picking',
  'account.move',
  'product.template',
  'product.product',
  'purchase.requisition',
]
