import { sha256 } from '../../../lib/core/hash.ts'
import { isSection } from '../../../lib/systems/sps-commerce/rsx/clean.ts'
import { isInventoryItem } from '../../../lib/systems/sps-commerce/rsx/families.ts'
import { documentsIn } from '../../../lib/systems/sps-commerce/rsx/unwrap.ts'
import type { SandboxRequest, SandboxResponse } from '../shared/serve.ts'
import { problemJson } from './answers.ts'
import { type Kind, kinds, type Network, type TakenType, taken, type Waiting } from './network.ts'
import { pageByCursor } from './paging.ts'

/** Collections that take documents; each must have its trading partner and its number (sps-commerce.md §6). */
const inbound: Readonly<Record<string, TakenType>> = {
  purchaseorders: 'purchase-order',
  orderchanges: 'purchase-order-change',
  orderacks: 'acknowledgement',
  shipments: 'ship-notice',
  invoices: 'invoice',
  inventoryadvice: 'inventory',
  itemregistries: 'inventory',
}

/** The fulfillment style (sps-commerce.md 3.1): documents inline, posts with an idempotency key. */
export function collections(
  network: Network,
  url: () => string,
): (request: SandboxRequest) => SandboxResponse | undefined {
  return (request) => {
    const name = /^\/(?:fulfillment\/v1\/)?([a-z]+)$/.exec(request.path)?.[1]
    if (name === undefined) return undefined
    const kind = (Object.keys(kinds) as Kind[]).find((k) => kinds[k].collection === name)
    // Only the stock is also found at the root (sps-commerce.md 3.1).
    const found = kind === 'inventory' || request.path.startsWith('/fulfillment/')
    if (request.method === 'GET') return kind !== undefined && found ? list(network, kind, request, url()) : undefined
    const type = inbound[name]
    return type && request.method === 'POST' ? post(network, name, type, request) : undefined
  }
}

function list(network: Network, kind: Kind, request: SandboxRequest, url: string): SandboxResponse {
  const documents = network.store
    .list<Waiting>('documents')
    .filter((d) => d.value.kind === kind)
    .map((d) => inline(d.value.text))
  const limit = Number(request.query.get('limit') ?? 100)
  if (documents.some((d) => isSection(d) && isInventoryItem(d))) {
    const offset = Number(request.query.get('offset') ?? 0)
    const results = documents.slice(offset, offset + limit)
    return { status: 200, body: { results, paging: { offset, limit, totalCount: documents.length } } }
  }
  const page = pageByCursor(documents, request, { url: `${url}${request.path}`, most: 100, otherwise: 100 })
  return page
    ? { status: 200, body: page }
    : problemJson(400, 'Invalid Data', 'The cursor is not known.', [
        { code: 'INVALID_CURSOR', message: 'The cursor is not known.', field: 'cursor' },
      ])
}

/** A collection gives JSON, also of what a retailer's document was in XML. Broken text is given as text. */
function inline(text: string): object | string {
  const found = documentsIn(text)[0]
  if (found?.document === undefined) return text
  return text.trimStart().startsWith('<') ? found.document : (JSON.parse(text.replace(/^\uFEFF/, '')) as object)
}

function post(network: Network, name: string, type: TakenType, request: SandboxRequest): SandboxResponse {
  const { store } = network
  const target = taken[type]
  const text = request.body.toString('utf8')
  const key = request.headers['sps-idempotency-key']
  if (key !== undefined && !/^[a-z0-9-]{20,255}$/.test(key))
    return problemJson(400, 'Invalid Data', 'Sps-Idempotency-Key must be 20 to 255 of a-z, 0-9 and hyphen.')
  const known = key === undefined ? undefined : store.get<{ id: string; body: string }>('idempotency', key)
  if (known)
    return known.body === sha256(text)
      ? { status: 200, body: { id: known.id } }
      : problemJson(409, 'Conflict', 'The idempotency key was used for another document.')

  const document = documentsIn(text)[0]?.document as Record<string, Record<string, Record<string, string>>> | undefined
  if (!document) return problemJson(400, 'Invalid Data', 'The body is no RSX document.')
  const header = document.Header?.[target.header]
  const missing = ['TradingPartnerId', target.number].filter((field) => !header?.[field])
  if (missing.length > 0)
    return problemJson(
      400,
      'Invalid Data',
      'A field is missing.',
      missing.map((field) => ({
        code: 'INPUT_NULL',
        message: `'Header.${target.header}.${field}' is required.`,
        field: `Header.${target.header}.${field}`,
      })),
    )
  return store.transaction(() => {
    const id = `${name}-${store.next('posted')}`
    network.take(text, request.path, type)
    if (key !== undefined) store.put('idempotency', key, { id, body: sha256(text) })
    return { status: 201, body: { id } }
  })
}
