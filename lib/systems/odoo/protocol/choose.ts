import { ConfigurationError } from '../../../core/failures.ts'
import type { Credentials, ProtocolName, Settings } from '../settings.ts'
import { has, since } from '../versions.ts'

/**
 * The protocol to speak: the configured one, else the best that version and credentials allow. JSON-RPC before JSON-2
 * came, since it tells the exception's name and is as fast; it is also what a password without an API key can use.
 */
export function protocolFor(wanted: Settings['protocol'], version: number, given: Credentials): ProtocolName {
  if (wanted === 'auto') return has(version, 'json2') && given.apiKey !== undefined ? 'json-2' : 'json-rpc'
  if (wanted === 'json-2' && !has(version, 'json2'))
    throw new ConfigurationError([
      {
        code: 'ODOO_PROTOCOL_ABSENT',
        message: `Odoo ${version} has no JSON-2, which begins with ${since.json2}. Use auto, json-rpc or xml-rpc.`,
        path: 'settings.protocol',
      },
    ])
  return wanted
}
