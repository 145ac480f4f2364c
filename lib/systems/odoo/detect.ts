import { ConfigurationError, Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import { errorOf } from './errors.ts'
import { readJson2 } from './protocol/json-2.ts'
import { envelope, readJsonRpc } from './protocol/json-rpc.ts'
import { jsonHeaders } from './protocol/protocol.ts'
import { readFault } from './protocol/xml-rpc.ts'
import type { ProtocolName, Settings } from './settings.ts'
import type { Transport } from './transport.ts'
import { decodeResponse } from './xmlrpc/decode.ts'
import { encodeCall } from './xmlrpc/encode.ts'

/** What a server is, as its version calls tell without a login (odoo.md §1). */
export interface Detected {
  version: number
  protocol: ProtocolName
  /** Asks the cheapest call again and reads the server's clock off its answer. */
  clock(): Promise<number>
}

/** One way of asking for the version, each known to some servers only. */
type Ask = (transport: Transport) => Promise<{ response: HttpResponse; info: unknown }>

const asks: Ask[] = [
  // 19 and newer; older versions answer 404 in HTML.
  async ({ get }) => {
    const response = await get('/web/version')
    return { response, info: jsonOf(response)?.version_info }
  },
  async ({ send }) => {
    const body = envelope({ service: 'common', method: 'version', args: [] })
    const response = await send('/jsonrpc', { headers: jsonHeaders, body, writes: false })
    const answer = readJsonRpc(response)
    return { response, info: 'result' in answer ? infoIn(answer.result) : undefined }
  },
  async ({ send }) => {
    const request = { headers: { 'content-type': 'text/xml' }, body: encodeCall('version', []), writes: false }
    const response = await send('/xmlrpc/2/common', request)
    if (response.status !== 200 || !response.headers['content-type']?.includes('xml'))
      return { response, info: undefined }
    const answer = decodeResponse(response.body)
    const read = 'fault' in answer ? readFault(answer.fault.code, answer.fault.text) : answer
    return { response, info: 'result' in read ? infoIn(read.result) : undefined }
  },
]

/** The version of the server and the protocol to speak: the configured one, else the best it has. */
export async function detect(settings: Settings, transport: Transport): Promise<Detected> {
  let last: HttpResponse | undefined
  for (const ask of asks) {
    const { response, info } = await ask(transport)
    last = response
    const version = majorOf(info)
    if (version === undefined) {
      if (response.status >= 500)
        throw errorOf(
          { name: `http.${response.status}`, message: '', status: response.status },
          { what: 'version', writes: false },
        )
      continue
    }
    const protocol = chosen(settings.protocol, version)
    return { version, protocol, clock: async () => clockOf((await ask(transport)).response) }
  }
  throw errorOf(
    { name: `http.${last?.status ?? 0}`, message: '', status: last?.status },
    { what: 'version', writes: false },
  )
}

function chosen(wanted: Settings['protocol'], version: number): ProtocolName {
  if (wanted === 'auto') return version >= 19 ? 'json-2' : 'json-rpc'
  if (wanted === 'json-2' && version < 19)
    throw new ConfigurationError([
      {
        code: 'ODOO_PROTOCOL_ABSENT',
        message: `Odoo ${version} has no JSON-2, which begins with 19. Use auto, json-rpc or xml-rpc.`,
        path: 'settings.protocol',
      },
    ])
  return wanted
}

/** Hosted releases may have "saas~18.2" in the first place. */
function majorOf(info: unknown): number | undefined {
  const first = Array.isArray(info) ? info[0] : undefined
  if (typeof first === 'number') return first
  const found = typeof first === 'string' ? /(\d+)/.exec(first)?.[1] : undefined
  return found === undefined ? undefined : Number(found)
}

const infoIn = (result: unknown): unknown =>
  result !== null && typeof result === 'object'
    ? (result as { server_version_info?: unknown }).server_version_info
    : undefined

function jsonOf(response: HttpResponse): { version_info?: unknown } | undefined {
  const answer = readJson2(response.status, response.headers['content-type'], response.body)
  return 'result' in answer &&
    answer.result !== null &&
    typeof answer.result === 'object' &&
    !Array.isArray(answer.result)
    ? answer.result
    : undefined
}

function clockOf(response: HttpResponse): number {
  const at = Date.parse(response.headers.date ?? '')
  if (!Number.isNaN(at)) return at
  throw new Failure(
    'transient',
    'ODOO_CLOCK_UNKNOWN',
    'the answer has no Date header; a proxy in between must not remove it',
  )
}
