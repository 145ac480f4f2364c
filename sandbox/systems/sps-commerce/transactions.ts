import type { SandboxRequest, SandboxResponse } from '../shared/serve.ts'
import { transactionError } from './answers.ts'
import { type HistoryEntry, logHistory, type Network } from './network.ts'
import { pageByCursor } from './paging.ts'

interface StoredFile {
  text: string
  at: number
  /** Uploads are taken in the order in which they came. */
  order?: number
}

export interface TransactionOptions {
  /** Directories the account has, beside those that hold files. */
  directories: string[]
  /** After this time SPS takes a file that was uploaded to in/, and deletes it. */
  takeAfterMs: number
  /** The history shows a state only after this time (up to five minutes at SPS). */
  historyLagMs: number
}

const data = '/transactions/v5/data/'

export interface Transactions {
  handle(request: SandboxRequest): SandboxResponse | undefined
  /** SPS takes the uploaded files whose time has come; all of them with `all`. */
  takeUploads(all?: boolean): void
}

/** The Transaction API v5 (sps-commerce.md 3.2): a directory tree over HTTPS. */
export function transactions(network: Network, options: TransactionOptions, url: () => string): Transactions {
  const { store, clock } = network
  const paths = () => store.list<StoredFile>('files').map((f) => f.key)
  const isDirectory = (path: string) =>
    path === '' || [...options.directories, ...paths()].some((known) => known.startsWith(path))

  const list = (directory: string, request: SandboxRequest): SandboxResponse => {
    if (!isDirectory(directory)) return transactionError(404, 'notFound', `Directory '/${directory}' not found.`)
    const names = [...options.directories, ...paths()]
      .filter((p) => p.startsWith(directory) && p !== directory)
      .map((p) => p.slice(directory.length).replace(/\/.*$/, '/'))
    const prefix = request.query.get('entryNamePrefix') ?? ''
    const entries = [...new Set(names)].filter((n) => n.startsWith(prefix)).sort()
    const page = pageByCursor(entries, request, { url: `${url()}${request.path}`, most: 1000, otherwise: 1000 })
    if (!page) return transactionError(400, 'requestError', 'The cursor is not valid.')
    const results = page.results.map((name) => ({
      path: `/${directory}${name}`,
      type: name.endsWith('/') ? 'directory' : 'file',
      url: `${url()}${data}${directory}${name}`,
    }))
    return { status: 200, body: { ...page, results } }
  }

  const upload = (path: string, request: SandboxRequest): SandboxResponse => {
    const directory = path.replace(/[^/]*$/, '')
    if (!isDirectory(directory)) return transactionError(404, 'notFound', `Directory '/${directory}' not found.`)
    store.transaction(() => {
      const order = store.next('uploads')
      store.put('files', path, { text: request.body.toString('utf8'), at: clock.now(), order })
      logHistory(store, path, 'uploaded', clock.now())
    })
    return { status: 201, body: { path: `/${path}`, url: `${url()}${data}${path}` } }
  }

  const history = (request: SandboxRequest): SandboxResponse => {
    const visible = clock.now() - options.historyLagMs
    const after = request.query.get('after') ?? ''
    const entries = store
      .list<HistoryEntry>('history')
      .map((e) => ({ ...e.value, status_log: e.value.status_log.filter((s) => Date.parse(s.timestamp) <= visible) }))
      .filter((e) => e.status_log.some((s) => s.timestamp >= after))
      .reverse()
    const limit = Number(request.query.get('limit') ?? 100)
    const offset = Number(request.query.get('offset') ?? 0)
    const more = new URLSearchParams(request.query)
    more.set('offset', String(offset + limit))
    const next = offset + limit < entries.length ? { url: `${url()}${request.path}?${more}` } : null
    return {
      status: 200,
      body: {
        results: entries.slice(offset, offset + limit),
        paging: { limit, offset, total_count: entries.length, next, previous: null },
      },
    }
  }

  return {
    handle: (request) => {
      if (request.path === '/transactions/v5/history' && request.method === 'GET') return history(request)
      if (!request.path.startsWith(data)) return undefined
      const path = request.path.slice(data.length)
      if (request.method === 'GET' && (path === '' || path.endsWith('/'))) return list(path, request)
      if (request.method === 'POST') return upload(path, request)
      const file = store.get<StoredFile>('files', path)
      if (file === undefined) return transactionError(404, 'notFound', `File '/${path}' not found.`)
      if (request.method === 'DELETE') {
        store.transaction(() => {
          store.delete('files', path)
          logHistory(store, path, 'deleted', clock.now())
        })
        return { status: 204 }
      }
      logHistory(store, path, 'downloaded', clock.now())
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: file.text }
    },
    takeUploads: (all = false) => {
      const waiting = store.list<StoredFile>('files').sort((a, b) => (a.value.order ?? 0) - (b.value.order ?? 0))
      for (const { key, value } of waiting) {
        if (!/^(test)?in\//.test(key) || (!all && value.at + options.takeAfterMs > clock.now())) continue
        store.transaction(() => {
          network.take(value.text, key)
          store.delete('files', key)
          logHistory(store, key, 'downloaded', clock.now())
          logHistory(store, key, 'deleted', clock.now(), 'Removed after processing')
        })
      }
    },
  }
}
