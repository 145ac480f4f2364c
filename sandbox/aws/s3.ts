import { createHash } from 'node:crypto'
import { type Answer, type Call, type Caller, type Need, type Request, type Service, ServiceError } from './call.ts'
import type { State } from './state.ts'
import type { Resource } from './template/model.ts'

interface StoredObject {
  body: Uint8Array
  etag: string
  modified: number
  headers: string
}

const stored =
  /^(content-(type|encoding|disposition|language)|cache-control|expires|x-amz-(meta-.*|checksum-(?!algorithm).*))$/
const xml = (text: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${text}`
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * The part of S3 the pipeline uses: whole objects by path-style address, conditional puts, and listing by prefix.
 * Lifecycle rules do not delete anything here.
 * @param may whether the caller holds a right: without s3:ListBucket a missing object is "access denied"
 */
export function createS3(
  state: State,
  buckets: Resource[],
  now: () => number,
  may: (caller: Caller, need: Need) => Promise<boolean>,
): Service {
  const get = state.db.prepare('SELECT body, etag, modified, headers FROM objects WHERE bucket = ? AND key = ?')
  const put = state.db.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?)')
  const remove = state.db.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?')
  const list = state.db.prepare(
    `SELECT key, etag, modified, length(body) AS size FROM objects
     WHERE bucket = ? AND key > ? AND substr(key, 1, ?) = ? ORDER BY key LIMIT ?`,
  )
  const find = (bucket: string, key: string) => get.get(bucket, key) as unknown as StoredObject | undefined

  const read = async (call: Call, bucket: Resource, key: string): Promise<Answer> => {
    const object = find(bucket.name, key)
    if (!object) {
      if (!(await may(call.caller, { action: 's3:ListBucket', resource: bucket.arn })))
        throw new ServiceError('AccessDenied', 'Access Denied', 403)
      throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key })
    }
    const headers = {
      etag: object.etag,
      'last-modified': new Date(object.modified).toUTCString(),
      'content-length': String(object.body.length),
      ...(JSON.parse(object.headers) as Record<string, string>),
    }
    return { status: 200, headers, body: call.operation === 'HeadObject' ? '' : Buffer.from(object.body) }
  }
  const write = ({ request }: Call, bucket: Resource, key: string): Answer => {
    const existing = find(bucket.name, key)
    const { 'if-none-match': ifNoneMatch, 'if-match': ifMatch } = request.headers
    if ((ifNoneMatch === '*' && existing) || (ifMatch !== undefined && existing?.etag !== ifMatch))
      throw new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412)
    const body = payload(request)
    const etag = `"${createHash('md5').update(body).digest('hex')}"`
    const headers = Object.fromEntries(
      Object.entries(request.headers)
        .filter(([name]) => stored.test(name))
        .map(([name, value]) => [name, name === 'content-encoding' ? value.replace(/,?\s*aws-chunked/, '') : value])
        .filter(([, value]) => value !== ''),
    )
    put.run(bucket.name, key, body, etag, now(), JSON.stringify(headers))
    return { status: 200, headers: { etag }, body: '' }
  }
  const listing = ({ request }: Call, bucket: Resource): Answer => {
    const prefix = request.query.get('prefix') ?? ''
    const after = request.query.get('continuation-token') ?? request.query.get('start-after') ?? ''
    const max = Number(request.query.get('max-keys') ?? 1000)
    const rows = list.all(bucket.name, after, prefix.length, prefix, max + 1) as {
      key: string
      etag: string
      modified: number
      size: number
    }[]
    const page = rows.slice(0, max)
    const more = rows.length > max
    const contents = page.map(
      (r) =>
        `<Contents><Key>${escaped(r.key)}</Key><LastModified>${new Date(r.modified).toISOString()}</LastModified><ETag>${escaped(r.etag)}</ETag><Size>${r.size}</Size></Contents>`,
    )
    const next = more ? `<NextContinuationToken>${escaped(page.at(-1)?.key ?? '')}</NextContinuationToken>` : ''
    const body = `<ListBucketResult><Name>${bucket.name}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`
    return { status: 200, headers: { 'content-type': 'application/xml' }, body: xml(body) }
  }

  const address = ({ request }: Call) => {
    const [, name = '', ...rest] = request.path.split('/')
    const bucket = buckets.find((b) => b.name === name)
    if (!bucket) throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404)
    return { bucket, key: rest.join('/') }
  }

  return {
    name: 's3',
    handle: async (call) => {
      const { bucket, key } = address(call)
      switch (call.operation) {
        case 'GetObject':
        case 'HeadObject':
          return { answer: await read(call, bucket, key), cost: { s3Gets: 1 } }
        case 'PutObject':
          return { answer: write(call, bucket, key), cost: { s3Puts: 1 } }
        case 'DeleteObject':
          remove.run(bucket.name, key)
          return { answer: { status: 204, body: '' }, cost: {} }
        case 'ListObjectsV2':
          return { answer: listing(call, bucket), cost: { s3Puts: 1 } }
        default:
          throw new ServiceError('NotImplemented', `${call.operation} is not known to the embedded S3`, 501)
      }
    },
    needs: (call) => {
      const { bucket, key } = address(call)
      if (call.operation === 'ListObjectsV2') return [{ action: 's3:ListBucket', resource: bucket.arn }]
      const right = call.operation === 'HeadObject' ? 'GetObject' : call.operation
      const kms = { GetObject: 'Decrypt', PutObject: 'GenerateDataKey' }[right]
      const context = { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }
      return [
        { action: `s3:${right}`, resource: `${bucket.arn}/${key}` },
        ...(bucket.key && kms ? [{ action: `kms:${kms}`, resource: bucket.key, context }] : []),
      ]
    },
    error: ({ code, message, status, details }) => {
      // S3 says "AccessDenied" and 403 where the JSON services say AccessDeniedException.
      const name = code === 'AccessDeniedException' ? 'AccessDenied' : code
      const more = Object.entries(details).map(([k, v]) => `<${k}>${escaped(String(v))}</${k}>`)
      return {
        status: name === 'AccessDenied' ? 403 : status,
        headers: { 'content-type': 'application/xml' },
        body: xml(`<Error><Code>${name}</Code><Message>${escaped(message)}</Message>${more.join('')}</Error>`),
      }
    },
  }
}

/** The operation of an S3 request; S3 has no target header. */
export function s3Operation({ method, path, query }: Request): string {
  const object = path.split('/').slice(2).join('/') !== ''
  if (!object) return method === 'GET' && query.get('list-type') === '2' ? 'ListObjectsV2' : `${method} bucket`
  const plain = [...query.keys()].every((k) => k === 'x-id')
  const operations: Record<string, string> = {
    GET: 'GetObject',
    HEAD: 'HeadObject',
    PUT: 'PutObject',
    DELETE: 'DeleteObject',
  }
  return (plain ? operations[method] : undefined) ?? `${method} ?${[...query.keys()].join('&')}`
}

/** The SDK frames a streamed body in chunks ("aws-chunked"): size in hex, data, and at last the checksum trailer. */
function payload({ headers, body }: Request): Buffer {
  if (!headers['x-amz-content-sha256']?.startsWith('STREAMING-')) return body
  const parts: Buffer[] = []
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.subarray(at, end).toString('latin1'), 16)
    if (!(size > 0)) break
    parts.push(body.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
  return Buffer.concat(parts)
}
