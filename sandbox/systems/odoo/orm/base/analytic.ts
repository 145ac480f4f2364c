import { model } from '../model.ts'

const switchedOn = ['analytic.group_analytic_accounting']

/** Denied even to an administrator until the feature is switched on (odoo.md §2.4). */
export const analyticPlans = model({
  name: 'account.analytic.plan',
  description: 'Analytic Plans',
  order: 'name',
  fields: { name: { type: 'char', required: true } },
  access: { read: switchedOn, write: switchedOn, create: switchedOn, unlink: switchedOn },
})

export const analyticAccounts = model({
  name: 'account.analytic.account',
  description: 'Analytic Account',
  order: 'name',
  searchNames: ['name', 'code'],
  fields: {
    name: { type: 'char', required: true, string: 'Analytic Account' },
    code: { type: 'char', string: 'Reference' },
    active: { type: 'boolean', default: true },
    plan_id: { type: 'many2one', relation: 'account.analytic.plan', string: 'Plan' },
    partner_id: { type: 'many2one', relation: 'res.partner', string: 'Customer' },
    company_id: { type: 'many2one', relation: 'res.company' },
  },
  access: { unlink: ['account.group_account_manager'] },
})
