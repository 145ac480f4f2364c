import { ConfigurationError } from '../../../core/failures.ts'
import type { Credentials, ProtocolName, Settings } from '../settings.ts'

/** The first version with JSON-2 (odoo.md §1). */
const json2Since = 19

/**
 * The protocol to speak: the configured one, else the best that version and credentials allow. JSON-RPC before JSON-2
 * came, since it tells the exception's name and is as fast; it is also what a password without an API key can use.
 */
export function protocolFor(wanted: Settings['protocol'], version: number, given: Credentials): ProtocolName {
  if (wanted === 'auto') return version >= json2Since && given.apiKey !== undefined ? 'json-2' : 'json-rpc'
  if (wanted === 'json-2' && version < json2Since)
    throw new ConfigurationError([
      {
        code: 'ODOO_PROTOCOL_ABSENT',
        message: `Odoo ${version} has no JSON-2, which begins with ${json2Since}. Use auto, json-rpc or xml-rpc.`,
        path: 'settings.protocol',
      },
    ])
  return wanted
}
