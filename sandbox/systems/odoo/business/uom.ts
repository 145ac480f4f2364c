import { type Env, type Model, model, type Rec, type Values } from '../orm/model.ts'
import { boolean, char, float, integer, many2one, selection } from './fields.ts'
import { idOf, isZero, numberOf, round } from './numbers.ts'

const category = model({
  name: 'uom.category',
  description: 'Product UoM Categories',
  until: 18,
  fields: { name: char({ required: true, translate: true }) },
})

const unit = model({
  name: 'uom.uom',
  description: 'Product Unit of Measure',
  order: 'id',
  fields: {
    name: char({ required: true, translate: true, string: 'Unit of Measure' }),
    active: boolean({ default: true }),
    category_id: many2one('uom.category', { required: true, until: 18, string: 'Category' }),
    uom_type: selection(
      { bigger: 'Bigger than the reference Unit of Measure', reference: 'Reference Unit', smaller: 'Smaller' },
      { required: true, until: 18, default: 'reference' },
    ),
    /** 18: of this unit in one reference unit; 19: reference units in one of this unit. */
    factor: float({ default: 1 }),
    factor_inv: float({ until: 18, default: 1 }),
    rounding: float({ default: 0.01 }),
    sequence: integer({ since: 19 }),
    relative_factor: float({ since: 19, default: 1, string: 'Contains' }),
    relative_uom_id: many2one('uom.uom', { since: 19, string: 'Reference Unit' }),
  },
  beforeCreate: (env, values) => ({ ...values, ...factors(env, values) }),
  beforeWrite: (env, [record], values) => ({ ...values, ...factors(env, values, record) }),
})

export const unitModels: Model[] = [category, unit]

/** The factors that follow from those given. */
function factors(env: Env, values: Values, record?: Rec): Values {
  if (env.version === 19) {
    if (!('relative_factor' in values) && !('relative_uom_id' in values)) return {}
    const base = idOf(values.relative_uom_id ?? record?.get('relative_uom_id'))
    const relative = numberOf(values.relative_factor ?? record?.get('relative_factor')) || 1
    return { factor: relative * (base === undefined ? 1 : env.model('uom.uom').get(base).num('factor')) }
  }
  if ('factor_inv' in values) return { factor: 1 / (numberOf(values.factor_inv) || 1) }
  if ('factor' in values) return { factor_inv: 1 / (numberOf(values.factor) || 1) }
  return {}
}

/** Reference units in one of this unit. */
const size = (uom: Rec, env: Env): number => (env.version === 18 ? 1 / uom.num('factor') : uom.num('factor'))

/** A quantity in another unit of the same kind; unchanged where one of them is unknown. */
export function convert(env: Env, quantity: number, from: Rec | undefined, to: Rec | undefined): number {
  if (!from || !to || from.id === to.id || isZero(quantity)) return quantity
  return round((quantity * size(from, env)) / size(to, env), 4)
}

/** A price per one unit, per another. */
export function convertPrice(env: Env, price: number, from: Rec | undefined, to: Rec | undefined): number {
  if (!from || !to || from.id === to.id) return price
  return (price * size(to, env)) / size(from, env)
}
