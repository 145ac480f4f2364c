import type { Json } from '../../core/exchange.ts'
import { ConfigurationError } from '../../core/failures.ts'
import type { Settings } from './settings.ts'

/** A sales channel of the account, and what this token may do in it. */
export interface Channel {
  id: number
  name: string
  application: string
  scopes: readonly string[]
}

/** Calls that declare the channel header as required (shipbob.md §3.1). */
const required = [/^\/order(:estimate)?$/, /^\/return$/, /^\/shipment:batchCancel$/]
/** Calls that go without it even where it is sent always: it would be asked for while it is looked for, or does harm. */
const never = /^\/(channel|webhook)(\/|$)/

/**
 * Whether a call carries the channel header. Reads that take it as a filter go without it: what they tell is held against
 * the connection's list of channels, which may have several.
 */
export function needsChannel(method: string, path: string, mode: Settings['channelHeaderMode']): boolean {
  if (mode === 'always') return !never.test(path)
  return method === 'POST' && required.some((one) => one.test(path))
}

/** Channels in the answer of GET /channel. */
export function channelsIn(body: Json): Channel[] {
  const items = typeof body === 'object' && body !== null && !Array.isArray(body) ? body.items : body
  return (Array.isArray(items) ? items : []).flatMap((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item) || typeof item.id !== 'number') return []
    const { id, name, application_name: application, scopes } = item
    return [
      {
        id,
        name: String(name ?? ''),
        application: String(application ?? ''),
        scopes: Array.isArray(scopes) ? scopes.map(String) : [],
      },
    ]
  })
}

export const isOurs = ({ scopes }: Channel): boolean => scopes.some((scope) => scope.endsWith('_write'))

/**
 * The channel we write as: the configured one, which must be one we may write to, else the only one with write scopes.
 * Throws ConfigurationError naming what there is.
 */
export function ownChannel(channels: readonly Channel[], configured: number | undefined): Channel {
  const writable = channels.filter(isOurs)
  const named = configured === undefined ? undefined : writable.find(({ id }) => id === configured)
  const [only, ...others] = writable
  if (named) return named
  if (configured === undefined && only && others.length === 0) return only
  const list = (some: readonly Channel[]) => some.map(({ id, name }) => `${id} (${name})`).join(', ') || 'none'
  throw new ConfigurationError([
    configured === undefined
      ? {
          code: 'SHIPBOB_CHANNEL_UNCLEAR',
          message: `channels this token may write to: ${list(writable)}; exactly one is needed.`,
          path: 'settings.channelId',
        }
      : {
          code: 'SHIPBOB_CHANNEL_UNKNOWN',
          message: `${configured} is no channel this token may write to; those are: ${list(writable)}.`,
          path: 'settings.channelId',
        },
  ])
}
