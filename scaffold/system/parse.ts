import type { Parse } from '../../lib/core/flow.ts'
import { type Product, product } from '../../lib/documents/product.ts'
import { problem } from './errors.ts'
import { exampleRecord } from './records.ts'

/** A stored raw record as its canonical document, or every reason why not. Pure. */
export const parse: Parse = (type, raw) => {
  if (type !== 'product')
    return { problems: [problem('EXAMPLE_RECORD_INVALID', `nothing reads documents of "${type}"`)] }
  const parsed = exampleRecord.safeParse(raw)
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map(({ message, path }) =>
        problem('EXAMPLE_RECORD_INVALID', message, path.map(String).join('.')),
      ),
    }
  const { id, sku, name, active } = parsed.data
  const document: Product = {
    type: 'product',
    id,
    ...(sku === undefined ? {} : { item: sku }),
    name,
    state: active ? 'active' : 'inactive',
    kind: 'goods',
    stocked: true,
    tracking: 'none',
    expires: false,
    customs: {},
    components: [],
  }
  return { document: product.parse(document), warnings: [] }
}
