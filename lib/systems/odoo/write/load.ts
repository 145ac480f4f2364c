import type { Json } from '../../../core/exchange.ts'
import { Failure } from '../../../core/failures.ts'
import type { Problem } from '../../../core/problems.ts'
import type { Call, Odoo } from '../rpc.ts'
import { problem } from './work.ts'

/** Rows for `load`: every cell is text; "" empties the field of that row, so a column must be meant for every row. */
export interface Sheet {
  columns: string[]
  rows: string[][]
}

/** The server does not repeat a conflict inside `load` by itself (odoo.md §6.2). */
const attempts = 3
const conflict = /could not serialize|deadlock detected|ir_model_data_module_name_uniq/i

/**
 * What makes `load` create what is not there and leave alone what is. Without it a second `load` of the same rows is an
 * update, and on 18 an update that names the vendor again prices the lines anew (seen live): an attempt that arrives
 * late would change an order that has been confirmed since.
 */
const createOnly = { mode: 'update', noupdate: true }

/**
 * Creates the records of rows with external ids, once, all or nothing (odoo.md §6.2). A racing twin is refused by the
 * database; repeated, it finds the records of the other.
 * @returns ids of the main records in the order of their rows, or what Odoo did not take
 */
export async function load(
  odoo: Odoo,
  model: string,
  sheet: Sheet,
  context: Call['context'] = {},
): Promise<{ ids: number[] } | { problems: Problem[] }> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await odoo.call({
      model,
      method: 'load',
      args: { fields: sheet.columns, data: sheet.rows },
      // Without a zone, Odoo would read date-times as the user's own.
      context: { ...context, ...createOnly, tz: 'UTC' },
      writes: true,
    })
    const { ids, messages } = read(answer)
    if (ids) return { ids }
    if (!messages.some((one) => conflict.test(one))) return { problems: messages.map(refused) }
    if (attempt === attempts)
      throw new Failure('transient', 'ODOO_BUSY', `${model}.load: somebody else is writing the same records.`)
  }
}

const refused = (message: string): Problem => problem('ODOO_LOAD_REFUSED', `Odoo says "${message.slice(0, 500)}"`)

/** An answer of `load`: it is a success only with ids, whatever the messages say. */
function read(answer: Json): { ids?: number[]; messages: string[] } {
  const { ids, messages } = typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer : {}
  if (Array.isArray(ids)) return { ids: ids.filter((id) => typeof id === 'number'), messages: [] }
  const said = (Array.isArray(messages) ? messages : []).flatMap((one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) && one.type !== 'warning'
      ? [`${typeof one.field === 'string' ? `${one.field}: ` : ''}${String(one.message)}`]
      : [],
  )
  return { messages: said.length > 0 ? said : ['no reason given'] }
}
