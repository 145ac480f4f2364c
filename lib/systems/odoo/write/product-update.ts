import { equal } from '../../../core/decimal.ts'
import type { Problem } from '../../../core/problems.ts'
import type { ProductUpdateRecord } from '../records.ts'
import { decimal } from './order/value.ts'
import { resolveProducts } from './resolve/product.ts'
import { type Delivered, decimalOf, type Held, held, problem, type Work } from './work.ts'

const numbers = ['float', 'integer', 'monetary']

/** Sets one number field of a product, and reads it back: a field may be computed, or rounded to its digits. */
export async function updateProduct(work: Work, record: ProductUpdateRecord): Promise<Delivered | Held> {
  const { odoo } = work
  const { field } = record
  const problems: Problem[] = []
  const model = 'product.product'
  const info = (await odoo.fields(model))[field]
  if (!info || info.readonly || !numbers.includes(info.type)) {
    const why = !info ? 'does not exist' : info.readonly ? 'cannot be written' : `is no number but a ${info.type}`
    problems.push(problem('ODOO_FIELD_UNSUITED', `The field ${field} of products ${why} in Odoo.`, 'field'))
  }
  const [product] = await resolveProducts(odoo, [{ ref: record.product, path: 'product' }], problems)
  if (!product || problems.length > 0) return held(problems)
  const value = decimal(record.value)
  const read = async () => decimalOf((await odoo.read(model, [product.id], [field]))[0]?.[field])
  const done = (adopted: boolean): Delivered => ({
    outcome: 'delivered',
    targetId: `${model}/${product.id}`,
    targetNumbers: [product.name],
    result: { id: product.id, product: product.name, field, value },
    adopted,
    warnings: [],
  })
  if (equal(await read(), value)) return done(true)
  await odoo.call({
    model,
    method: 'write',
    ids: [product.id],
    args: { vals: { [field]: record.value } },
    writes: true,
  })
  const after = await read()
  if (equal(after, value)) return done(false)
  const message = `${product.name} has ${after} in the field ${field}, where ${value} was written.`
  return held([problem('ODOO_VALUE_DIFFERS', message, 'field')])
}
