import { type PingLine, pass, warn } from '../../../core/ping.ts'
import type { OpenOdoo } from '../client.ts'
import type { Credentials, Settings } from '../settings.ts'

const dayMs = 86_400_000

/**
 * When the API key ends: keys of internal users live 90 days at most (odoo.md §2.3). Odoo does not tell which of a
 * user's keys is in use, so the one that ends first counts; one that has ended is not in use any more.
 * @param now epoch milliseconds
 */
export async function keyLine(odoo: OpenOdoo, given: Credentials, settings: Settings, now: number): Promise<PingLine> {
  if (odoo.protocol === 'session' || given.apiKey === undefined)
    return pass('API key', 'none is used: signed in with a password')
  const present = await odoo.hasModel('res.users.apikeys')
  const fields = present ? await odoo.fields('res.users.apikeys') : {}
  if (!('expiration_date' in fields)) return pass('API key', `keys do not end in Odoo ${odoo.version}`)
  const rows = await odoo.searchRead('res.users.apikeys', [['user_id', '=', odoo.uid]], {
    fields: ['name', 'scope', 'expiration_date'],
    order: 'id',
  })
  const ends = rows
    .filter(({ scope }) => scope === false || scope === 'rpc')
    .map((row) => ({ name: String(row.name), at: momentOf(row.expiration_date) }))
    .filter(({ at }) => at === undefined || at > now)
  const first = ends
    .filter((key): key is { name: string; at: number } => key.at !== undefined)
    .sort((a, b) => a.at - b.at)[0]
  if (!first) return pass('API key', 'has no end')
  const days = Math.floor((first.at - now) / dayMs)
  const told = `"${first.name}" ends on ${new Date(first.at).toISOString().slice(0, 10)}, in ${days} days`
  return days > settings.keyExpiryWarningDays
    ? pass('API key', told)
    : warn(
        'API key',
        `${told}${ends.length > 1 ? `; the user has ${ends.length} keys, and Odoo does not tell which is in use` : ''}`,
        'Make a new key in Odoo (Preferences, Account Security), store it with creds rotate, then delete the old one.',
      )
}

/** "2026-11-15 10:00:00", UTC, as epoch milliseconds; undefined where the key has no end. */
const momentOf = (stamp: unknown): number | undefined =>
  typeof stamp === 'string' ? Date.parse(`${stamp.replace(' ', 'T')}Z`) : undefined
