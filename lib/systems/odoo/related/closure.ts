import { type Bundle, idOf, idsOf } from '../bundle.ts'
import type { OdooRecord } from '../rpc.ts'
import { type Graph, olderNames } from './graph.ts'

/** A record by model and id. */
export interface Reference {
  model: string
  id: number
}

/** Where records come from: a database's answers so far, or a file. */
export interface Source {
  get(reference: Reference): OdooRecord | undefined
  /** Records that name this one as their header, where the header does not list them. */
  below?(reference: Reference): Reference[]
}

const keyOf = ({ model, id }: Reference): string => `${model}/${id}`

/** Everything a record points to: many2one and lists alike. A model under its older name is pointed to as well. */
export function references(record: OdooRecord, model: string, graph: Graph): Reference[] {
  const links = graph[model] ?? graph[newName(model)] ?? []
  return links.flatMap((link) => {
    if (link.when && !link.when(record)) return []
    const value = record[link.field]
    const one = idOf(value)
    // A many2one is [id, name]; a list of ids holds numbers only.
    const ids = one !== undefined && !isIdList(value) ? [one] : idsOf(value)
    return ids.flatMap((id) => namesOf(link.model).map((name) => ({ model: name, id })))
  })
}

const isIdList = (value: OdooRecord[string] | undefined): boolean =>
  Array.isArray(value) && typeof value[1] !== 'string'
const namesOf = (model: string): string[] => [model, ...(olderNames[model] === undefined ? [] : [olderNames[model]])]
const newName = (model: string): string => Object.keys(olderNames).find((name) => olderNames[name] === model) ?? model

/**
 * One record with all that it leads to and that the source has, by model: itself first, the others in the order in
 * which they were first pointed to, once each.
 * @returns the bundle, and what was pointed to and is not there
 */
export function bundleOf(
  model: string,
  record: OdooRecord,
  source: Source,
  graph: Graph,
): { bundle: Bundle; missing: Reference[] } {
  const bundle: Bundle = { [model]: [record] }
  const seen = new Set([keyOf({ model, id: record.id })])
  const missing: Reference[] = []
  const led = new Set(Object.values(graph).flatMap((links) => links.map((link) => link.model)))
  const queue: { model: string; record: OdooRecord }[] = [{ model, record }]
  for (let at = queue.shift(); at; at = queue.shift()) {
    const below = source.below?.({ model: at.model, id: at.record.id })?.filter((one) => led.has(one.model)) ?? []
    for (const reference of [...references(at.record, at.model, graph), ...below]) {
      if (seen.has(keyOf(reference))) continue
      seen.add(keyOf(reference))
      const found = source.get(reference)
      if (!found) {
        missing.push(reference)
        continue
      }
      bundle[reference.model] = [...(bundle[reference.model] ?? []), found]
      queue.push({ model: reference.model, record: found })
    }
  }
  return { bundle, missing }
}
