import type { Env, Rec } from '../../orm/model.ts'

/** The sandbox as the people in the company see it: they have all rights and make no requests. */
export interface Company {
  sudo<T>(work: (env: Env) => T): T
}

/** A document that somebody made or changed. */
export interface Made {
  id: number
  name: string
  state: string
}

export const made = (record: Rec): Made => ({ id: record.id, name: record.str('name'), state: record.str('state') })

/** The one record with this value. */
export function named(env: Env, model: string, name: string, field = 'name'): Rec {
  const [found] = env.model(model).find([[field, '=', name]], { limit: 1 })
  if (!found) throw new Error(`there is no ${model} with ${field} ${name}`)
  return found
}

/** A contact by its reference, its name or its database id. */
export function partnerOf(env: Env, given: string | number): Rec {
  if (typeof given === 'number') return env.model('res.partner').get(given)
  const [byRef] = env.model('res.partner').find([['ref', '=', given]], { limit: 1 })
  return byRef ?? named(env, 'res.partner', given)
}

/** A product by its internal reference. */
export const productOf = (env: Env, item: string): Rec => named(env, 'product.product', item, 'default_code')

export const codeOf = (record: Rec): string => record.one('product_id')?.str('default_code') ?? ''
