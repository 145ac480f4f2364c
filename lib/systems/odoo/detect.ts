import { Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import { errorOf } from './errors.ts'
import { readJson2 } from './protocol/json-2.ts'
import { envelope, readJsonRpc } from './protocol/json-rpc.ts'
import { isObject, jsonHeaders, notOdoo, type ProtocolAnswer } from './protocol/protocol.ts'
import type { Line } from './transport.ts'
import { decodeResponse, XmlRpcError } from './xmlrpc/decode.ts'
import { encodeCall } from './xmlrpc/encode.ts'

/** What a server is, as its version calls tell without a login (odoo.md §1). */
export interface Detected {
  version: number
  /** As the server tells it: "18.0+e-20241005". */
  release: string
  /** Asks the cheapest call again and reads the server's clock off its answer, as epoch milliseconds. */
  clock(line: Line): Promise<number>
}

interface Told {
  response: HttpResponse
  /** Where in the answer the version stands is the same for all, but for the names. */
  answer: ProtocolAnswer
}

/** The ways of asking for the version, each known to some servers only. */
const asks: ((line: Line) => Promise<Told>)[] = [
  // 19 and newer; older versions answer 404 in HTML.
  async ({ get }) => {
    const response = await get('/web/version')
    return { response, answer: readJson2(response) }
  },
  async ({ send }) => {
    const body = envelope({ service: 'common', method: 'version', args: [] })
    const response = await send('/jsonrpc', { headers: jsonHeaders, body, writes: false })
    return { response, answer: readJsonRpc(response) }
  },
  async ({ send }) => {
    const headers = { 'content-type': 'text/xml', accept: 'text/xml' }
    const response = await send('/xmlrpc/2/common', { headers, body: encodeCall('version', []), writes: false })
    return { response, answer: xmlAnswer(response) }
  },
]

/** The version of the server, and how its clock is read. Throws what the last answer stands for where none tells it. */
export async function detect(line: Line): Promise<Detected> {
  const asked = { what: 'version', writes: false }
  let last: Told | undefined
  for (const ask of asks) {
    last = await ask(line)
    const found = versionIn(last.answer)
    if (found) return { ...found, clock: async (now) => clockOf((await ask(now)).response) }
    // The server is there and cannot answer now: the other ways would end alike.
    if (last.response.status >= 500) break
  }
  const { status } = last?.response ?? { status: 0 }
  throw errorOf(status === 200 ? notOdoo(404).fault : notOdoo(status).fault, asked)
}

function versionIn(answer: ProtocolAnswer): { version: number; release: string } | undefined {
  if ('fault' in answer || !isObject(answer.result)) return undefined
  const { version_info, server_version_info, version, server_version } = answer.result
  const info = version_info ?? server_version_info
  const first = Array.isArray(info) ? info[0] : undefined
  // Hosted releases may have "saas~18.2" in the first place.
  const major = typeof first === 'number' ? first : Number(/\d+/.exec(String(first))?.[0])
  return Number.isNaN(major) ? undefined : { version: major, release: String(version ?? server_version ?? major) }
}

function xmlAnswer(response: HttpResponse): ProtocolAnswer {
  const { status } = response
  if (status !== 200 || !response.headers['content-type']?.includes('xml')) return notOdoo(status)
  try {
    const answer = decodeResponse(response.body)
    return 'fault' in answer ? notOdoo(status) : answer
  } catch (error) {
    if (error instanceof XmlRpcError) return notOdoo(status)
    throw error
  }
}

function clockOf(response: HttpResponse): number {
  const at = Date.parse(response.headers.date ?? '')
  if (!Number.isNaN(at)) return at
  throw new Failure(
    'transient',
    'ODOO_CLOCK_UNKNOWN',
    'The answer has no Date header; a proxy in between must not remove it.',
  )
}
