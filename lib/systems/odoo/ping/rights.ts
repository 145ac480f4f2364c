import { fail, type PingLine, pass, warn } from '../../../core/ping.ts'
import type { OpenOdoo } from '../client.ts'
import { has } from '../versions.ts'
import type { Need, Operation } from './needs.ts'

/** The name under which a database has a model; undefined where it has none. */
export async function nameIn(odoo: OpenOdoo, [need]: readonly Need[]): Promise<string | undefined> {
  if (!need) return undefined
  if (await odoo.hasModel(need.model)) return need.model
  return need.older !== undefined && (await odoo.hasModel(need.older)) ? need.older : undefined
}

/** One line for each model: the app is installed, and the user may do with it what the documents need. */
export async function rightLines(odoo: OpenOdoo, needs: ReadonlyMap<string, readonly Need[]>): Promise<PingLine[]> {
  const lines: PingLine[] = []
  const kinds: boolean[] = []
  for (const [model, wanted] of needs) {
    const name = await nameIn(odoo, wanted)
    const operations = [...new Set(wanted.flatMap((need) => need.operations))]
    const lacking = name === undefined ? undefined : await lackingOf(odoo, name, operations)
    for (const need of wanted)
      if (need.weight === 'kind') kinds.push(lacking !== undefined && !need.operations.some((o) => lacking.includes(o)))
    lines.push(lineOf(`rights: ${model}`, wanted, operations, lacking))
  }
  if (kinds.length > 0 && !kinds.includes(true))
    lines.push(
      fail('rights', 'no kind of order can be used', 'Install Sales or Purchase, and give the user its rights.'),
    )
  return lines
}

const severity = ['essential', 'addon', 'kind', 'helpful', 'seldom'] as const

/** @param lacking undefined where the model is not there at all */
function lineOf(
  check: string,
  wanted: readonly Need[],
  operations: readonly Operation[],
  lacking: readonly Operation[] | undefined,
): PingLine {
  const hurt = wanted
    .filter((need) => lacking === undefined || need.operations.some((one) => lacking.includes(one)))
    .sort((a, b) => severity.indexOf(a.weight) - severity.indexOf(b.weight))[0]
  if (!hurt) return pass(check, operations.join(', '))
  const { app, weight, group } = hurt
  // An app that nobody installed is not meant: the other kinds of order are.
  if (lacking === undefined && weight === 'kind')
    return pass(check, `${app} is not installed, so no order is of this kind`)
  if (lacking === undefined && weight === 'addon') return pass(check, `${app} is not installed: nothing depends on it`)
  if (weight === 'seldom') {
    const granted = operations.filter((one) => !lacking?.includes(one))
    return pass(check, `${granted.join(', ')}; not ${lacking?.join(', ')}, ${hurt.lacking}`)
  }
  const what = lacking === undefined ? `not there: ${app} is not installed` : `the user may not ${lacking.join(', ')}`
  const right = group === undefined ? `the rights of ${app}` : `"${group}"`
  const remedy =
    lacking === undefined
      ? `Install ${app} in Odoo (Apps).`
      : `Give the integration user ${right} in Odoo (Settings, Users).`
  if (weight === 'essential' || weight === 'addon') return fail(check, what, remedy)
  return warn(check, `${what}; ${hurt.lacking ?? 'orders of this kind wait'}`, remedy)
}

/** Which of these the user may not do. */
async function lackingOf(odoo: OpenOdoo, model: string, operations: readonly Operation[]): Promise<Operation[]> {
  const allowed = await Promise.all(operations.map((operation) => mayDo(odoo, model, operation)))
  return operations.filter((_, i) => !allowed[i])
}

/** By the model's access list; record rules may still hide single records (odoo.md §2.4). */
async function mayDo(odoo: OpenOdoo, model: string, operation: Operation): Promise<boolean> {
  const answer = has(odoo.version, 'hasAccess')
    ? await odoo.call({ model, method: 'has_access', ids: [], args: { operation }, writes: false })
    : await odoo.call({
        model,
        method: 'check_access_rights',
        args: { operation, raise_exception: false },
        writes: false,
      })
  return answer === true
}

const everybodys = 'sales_team.group_sale_salesman_all_leads'

/** A salesman who sees his own documents only reads no order that anybody else entered. */
export async function ownDocumentsLines(
  odoo: OpenOdoo,
  needs: ReadonlyMap<string, readonly Need[]>,
): Promise<PingLine[]> {
  if (!needs.has('sale.order') || !(await odoo.hasModel('sale.order'))) return []
  const ids = has(odoo.version, 'groupOfRecord') ? { ids: [odoo.uid] } : {}
  const args = { group_ext_id: everybodys }
  const all = await odoo.call({ model: 'res.users', method: 'has_group', ...ids, args, writes: false })
  return [
    all === true
      ? pass('rights: sales', 'sees the documents of all salesmen')
      : warn(
          'rights: sales',
          "sees only his own sales documents: other people's orders, deliveries and invoices are not read",
          'Give the integration user Sales: "User: All Documents" in Odoo (Settings, Users).',
        ),
  ]
}
