import { randomUUID } from 'node:crypto'
import { json, type Need, type Service, ServiceError } from '../call.ts'
import type { State } from '../state.ts'
import type { Deployment, RuleTarget } from '../template/model.ts'
import { matches } from './pattern.ts'

/** An event as rules and their targets see it. */
export interface BusEvent {
  version: '0'
  id: string
  'detail-type': string
  source: string
  account: string
  time: string
  region: string
  resources: string[]
  detail: unknown
}

export interface SeenEvent {
  bus: string
  event: BusEvent
}

export interface Bus extends Service {
  /** Every event put on a bus so far, oldest first. */
  seen(): SeenEvent[]
}

interface Entry {
  EventBusName?: string
  Source?: string
  DetailType?: string
  Detail?: string
  Resources?: string[]
  Time?: number
}

const contentType = 'application/x-amz-json-1.1'
const chunk = 64 * 1024
const maxBytes = 256 * 1024

/**
 * EventBridge: keeps every event, and gives it to the targets of the rules it matches.
 * @param deliver hands the event's payload to one target; called in the transaction that stores the event
 */
export function createBus(
  state: State,
  deployment: Deployment,
  now: () => number,
  deliver: (target: RuleTarget, payload: string, rule: string) => void,
): Bus {
  const insert = state.db.prepare('INSERT INTO bus_events (bus, event) VALUES (?, ?)')
  const all = state.db.prepare('SELECT bus, event FROM bus_events ORDER BY sequence')
  const busName = (entry: Entry) => (entry.EventBusName ?? 'default').replace(/^.*\//, '')

  const put = (entry: Entry): object => {
    if (!entry.Source || !entry.DetailType)
      return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source and DetailType are required.' }
    const detail = parse(entry.Detail)
    if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
    const event: BusEvent = {
      version: '0',
      id: randomUUID(),
      'detail-type': entry.DetailType,
      source: entry.Source,
      account: deployment.account,
      time: new Date(entry.Time === undefined ? now() : entry.Time * 1000).toISOString().replace(/\.\d+/, ''),
      region: deployment.region,
      resources: entry.Resources ?? [],
      detail,
    }
    const bus = busName(entry)
    state.transaction(() => {
      insert.run(bus, JSON.stringify(event))
      for (const rule of deployment.rules) {
        if (!rule.enabled || rule.bus !== bus || !rule.pattern || !matches(rule.pattern, event)) continue
        for (const target of rule.targets) deliver(target, payloadOf(target, event), rule.arn)
      }
    })
    return { EventId: event.id }
  }

  return {
    name: 'events',
    seen: () =>
      (all.all() as { bus: string; event: string }[]).map(({ bus, event }) => ({
        bus,
        event: JSON.parse(event) as BusEvent,
      })),
    handle: async ({ operation, input }) => {
      if (operation !== 'PutEvents')
        throw new ServiceError('UnknownOperationException', `${operation} is not known to the embedded EventBridge`)
      const entries = input.Entries as Entry[]
      if (entries.length < 1 || entries.length > 10)
        throw new ServiceError('ValidationException', 'Entries must have length between 1 and 10')
      const sizes = entries.map((entry) => bytesOf(entry))
      if (sizes.reduce((a, b) => a + b, 0) > maxBytes)
        throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.')
      const results = entries.map(put)
      const failed = results.filter((r) => 'ErrorCode' in r).length
      return {
        answer: json({ FailedEntryCount: failed, Entries: results }, contentType),
        cost: { eventBridgeEvents: sizes.reduce((sum, size) => sum + Math.max(1, Math.ceil(size / chunk)), 0) },
      }
    },
    needs: ({ operation, input }): Need[] =>
      [...new Set((input.Entries as Entry[]).map(busName))].map((name) => {
        const bus = deployment.buses.find((b) => b.name === name)
        if (!bus && name !== 'default')
          throw new ServiceError('ResourceNotFoundException', `Event bus ${name} does not exist.`)
        const arn = `arn:aws:events:${deployment.region}:${deployment.account}:event-bus/${name}`
        return { action: `events:${operation}`, resource: bus?.arn ?? arn }
      }),
    error: ({ code, message, status }) => json({ __type: code, message }, contentType, status === 403 ? 400 : status),
  }
}

function payloadOf(target: RuleTarget, event: BusEvent): string {
  if (target.input !== undefined) return target.input
  if (target.inputPath !== undefined) return JSON.stringify(at(event, target.inputPath))
  if (!target.transformer) return JSON.stringify(event)
  const values = Object.entries(target.transformer.paths).map(([name, path]) => [name, at(event, path)] as const)
  return values.reduce(
    (text, [name, value]) =>
      // A placeholder inside quotes takes the value as text, one outside as JSON.
      text
        .replaceAll(`"<${name}>"`, JSON.stringify(value) ?? '""')
        .replaceAll(`<${name}>`, typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
    target.transformer.template,
  )
}

/** The value at a simple path: "$.detail.documents[0]". */
const at = (event: unknown, path: string): unknown =>
  [...path.matchAll(/[^.[\]$]+/g)].reduce<unknown>((value, [key]) => (value as Record<string, unknown>)?.[key], event)

const bytesOf = ({ Source = '', DetailType = '', Detail = '', Resources = [], Time }: Entry): number =>
  Buffer.byteLength(Source + DetailType + Detail + Resources.join('')) + (Time === undefined ? 0 : 14)

function parse(detail: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(detail ?? '')
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
