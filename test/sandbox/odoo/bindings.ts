import { plain } from './plain.ts'

export type Fields = { [name: string]: { type: string; relation?: string } }
type Values = { [name: string]: unknown }

const day = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/

/** Which record of the sandbox stands for which of the recording. */
export class Bindings {
  private readonly ids = new Map<string, number>()
  private readonly names = new Map<string, string>()
  private readonly fields: (model: string) => Promise<Fields>
  private readonly ignored: readonly string[]

  /** @param ignored 'model.field' whose values are not compared */
  constructor(fields: (model: string) => Promise<Fields>, ignored: readonly string[]) {
    this.fields = fields
    this.ignored = ignored
  }

  bind(model: string, recorded: number, actual: number): void {
    this.ids.set(`${model} ${recorded}`, actual)
  }

  id(model: string, recorded: number): number {
    return this.ids.get(`${model} ${recorded}`) ?? recorded
  }

  async args(model: string, method: string, args: readonly unknown[]): Promise<unknown[]> {
    const [first, ...rest] = args
    if (method === 'create') return [await this.values(model, first as Values)]
    if (method === 'load') return [first, await this.rows(model, first as string[], rest[0] as string[][])]
    if (method.startsWith('search') || method === 'read_group')
      return [await this.domain(model, first as unknown[]), ...rest]
    if (!Array.isArray(first)) return [...args]
    const mapped = first.map((id) => this.id(model, id as number))
    return method === 'write' ? [mapped, await this.values(model, rest[0] as Values)] : [mapped, ...rest]
  }

  async context(context: Values): Promise<Values> {
    const active = String(context.active_model ?? '')
    const models: { [key: string]: string } = {
      active_id: active,
      active_ids: active,
      picking_ids_not_to_backorder: 'stock.picking',
      warehouse_id: 'stock.warehouse',
      location: 'stock.location',
    }
    return Object.fromEntries(
      Object.entries(context).map(([key, value]) => [key, models[key] ? this.mapped(models[key] ?? '', value) : value]),
    )
  }

  /** What the sandbox answered otherwise. */
  async result(model: string, method: string, recorded: unknown, actual: unknown): Promise<string[]> {
    if (method === 'create' || method === 'search') return this.same(model, recorded, actual)
    if (method === 'load') return this.loaded(model, recorded as Values, actual as Values)
    if (method === 'read' || method === 'search_read')
      return this.records(model, recorded as Values[], actual as Values[])
    if (recorded && typeof recorded === 'object' && !Array.isArray(recorded))
      return this.action(recorded as Values, actual as Values)
    return JSON.stringify(recorded) === JSON.stringify(actual)
      ? []
      : [`${JSON.stringify(recorded)} expected, got ${JSON.stringify(actual)}`]
  }

  private async records(model: string, recorded: Values[], actual: Values[]): Promise<string[]> {
    if (recorded.length !== actual.length) return [`${recorded.length} records expected, got ${JSON.stringify(actual)}`]
    const fields = await this.fields(model)
    const found: string[] = []
    for (const [at, row] of recorded.entries()) {
      const mine = actual[at] ?? {}
      for (const [name, value] of Object.entries(row)) {
        const field = fields[name]
        if (!field || this.ignored.includes(`${model}.${name}`)) continue
        if (name === 'name' && value && mine.name) this.names.set(String(value), String(mine.name))
        const differences = this.value(name === 'id' ? { type: 'id', relation: model } : field, value, mine[name])
        found.push(...differences.map((difference) => `${name}: ${difference}`))
      }
    }
    return found
  }

  private value(field: { type: string; relation?: string }, recorded: unknown, actual: unknown): string[] {
    const differ = [`${JSON.stringify(recorded)} expected, got ${JSON.stringify(actual)}`]
    if (field.type === 'id') return this.same(field.relation ?? '', recorded, actual)
    if (field.type === 'many2one' && Array.isArray(recorded)) {
      if (!Array.isArray(actual)) return differ
      const name = plain(String(recorded[1])) === plain(String(actual[1])) ? [] : differ
      return [...name, ...this.same(field.relation ?? '', recorded[0], actual[0])]
    }
    if (Array.isArray(recorded)) return this.same(field.relation ?? '', recorded, actual)
    if (typeof recorded === 'string' && typeof actual === 'string') {
      if (day.test(recorded) && day.test(actual) && recorded.length === actual.length) return []
      return plain(recorded) === plain(actual) ? [] : differ
    }
    return JSON.stringify(recorded) === JSON.stringify(actual) ? [] : differ
  }

  private same(model: string, recorded: unknown, actual: unknown): string[] {
    const [theirs, mine] = [recorded, actual].map((value) => (Array.isArray(value) ? value : [value]) as number[])
    if (!theirs || !mine || theirs.length !== mine.length || mine.some((id) => typeof id !== 'number'))
      return [`records ${JSON.stringify(recorded)} of ${model} expected, got ${JSON.stringify(actual)}`]
    return theirs.flatMap((id, at) => {
      const key = `${model} ${id}`
      const known = this.ids.get(key)
      const now = mine[at] ?? 0
      if (known === undefined) this.ids.set(key, now)
      return known === undefined || known === now ? [] : [`${key} was ${known}, now ${now}`]
    })
  }

  private loaded(model: string, recorded: Values, actual: Values): string[] {
    const messages = [recorded, actual].map((one) =>
      JSON.stringify((one.messages as Values[]).map((message) => message.message)),
    )
    const ids = Array.isArray(recorded.ids)
      ? this.same(model, recorded.ids, actual.ids)
      : recorded.ids === actual.ids
        ? []
        : ['ids']
    return messages[0] === messages[1] ? ids : [`messages ${messages[0]} expected, got ${messages[1]}`]
  }

  private action(recorded: Values, actual: Values): string[] {
    const found = ['name', 'type', 'res_model', 'view_mode', 'target'].filter(
      (key) => key in recorded && recorded[key] !== actual?.[key],
    )
    if (found.length) return [`${JSON.stringify(recorded)} expected, got ${JSON.stringify(actual)}`]
    return recorded.res_id ? this.same(String(recorded.res_model), recorded.res_id, actual.res_id) : []
  }

  private mapped(model: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((id) => this.mapped(model, id))
    return typeof value === 'number' ? this.id(model, value) : value
  }

  private async values(model: string, values: Values): Promise<Values> {
    const fields = await this.fields(model)
    const mapped: Values = {}
    for (const [name, value] of Object.entries(values)) {
      const relation = fields[name]?.relation
      if (!relation) mapped[name] = value
      else if (!Array.isArray(value)) mapped[name] = this.mapped(relation, value)
      else mapped[name] = await Promise.all(value.map((command) => this.command(relation, command as unknown[])))
    }
    return mapped
  }

  private async command(relation: string, [code, id, extra]: unknown[]): Promise<unknown[]> {
    const target = this.mapped(relation, id)
    if (code === 0) return [0, 0, await this.values(relation, extra as Values)]
    if (code === 1) return [1, target, await this.values(relation, extra as Values)]
    return [code, code === 6 ? 0 : target, this.mapped(relation, extra)]
  }

  private async domain(model: string, domain: unknown[]): Promise<unknown[]> {
    return Promise.all(
      domain.map(async (leaf) => {
        if (!Array.isArray(leaf)) return leaf
        const [path, operator, value] = leaf
        let at = model
        for (const name of String(path).split('.'))
          at = name === 'id' ? at : ((await this.fields(at))[name]?.relation ?? '')
        return [path, operator, at ? this.mapped(at, value) : (this.names.get(String(value)) ?? value)]
      }),
    )
  }

  private async rows(model: string, columns: string[], rows: string[][]): Promise<string[][]> {
    const relations = await Promise.all(
      columns.map(async (column) => {
        if (!column.endsWith('/.id')) return undefined
        let at = model
        for (const name of column.split('/').slice(0, -1)) at = (await this.fields(at))[name]?.relation ?? ''
        return at
      }),
    )
    return rows.map((row) =>
      row.map((cell, at) => (relations[at] && cell ? String(this.id(relations[at] ?? '', Number(cell))) : cell)),
    )
  }
}
