import type { Json } from '../../../lib/core/exchange.ts'
import { createClient } from '../../../lib/systems/shipbob/client.ts'
import { type Dialect, nextRequest, pages, rows } from '../../../lib/systems/shipbob/paging.ts'
import { closeAll, connect, type Reply, type Seen, serve } from './server.ts'

afterEach(closeAll)

const asked = { path: '/list', query: { SKU: 'any:A,B', PageSize: 2 } }
const answer = (body: Json, headers: Record<string, string> = {}) => ({ status: 200, body, headers })
const next = (dialect: Dialect, link: Json) => nextRequest(dialect, asked, answer({ items: [{ id: 1 }], next: link }))

describe('the next request', () => {
  test.each([
    ['absolute, with the version', 'https://api.shipbob.com/2026-07/list?PageSize=2&cursor=abc'],
    ['relative, with the version', '/2026-07/list?PageSize=2&cursor=abc'],
    ['relative, without the version', '/list?pageSize=2&cursor=abc'],
    ['nothing but a query', '?cursor=abc'],
  ])('after a link that is %s goes to the same path with its cursor', (_, link) => {
    const request = next('linked', link)
    expect(request?.path).toBe('/list')
    expect(request?.query).toMatchObject({ cursor: 'abc', SKU: 'any:A,B' })
    expect(Object.keys(request?.query ?? {}).filter((name) => /pagesize/i.test(name))).toHaveLength(1)
  })

  test('after a link to a foreign host still goes to our own', () => {
    expect(next('cursor-number', 'https://elsewhere.example/2026-07/list?Cursor=2')).toEqual({
      path: '/list',
      query: { ...asked.query, Cursor: '2' },
    })
  })

  test('after a bare token, or number, has it as cursor', () => {
    expect(next('token', 'eyJwYWdlIjoyfQ==')?.query.Cursor).toBe('eyJwYWdlIjoyfQ==')
    expect(next('cursor-number', 2)?.query.Cursor).toBe('2')
  })

  test.each([null, '', undefined, 'https://api.shipbob.com/list'])('after %j there is none', (link) => {
    expect(next('records', link as Json)).toBeUndefined()
  })

  test('of a numbered list follows the headers, and without them a full page', () => {
    const numbered = { path: '/receiving', query: { Limit: 2 } }
    const told = (page: string) => answer([{ id: 1 }], { 'page-number': page, 'total-pages': '2' })
    expect(nextRequest('numbered', numbered, told('1'))?.query.Page).toBe(2)
    expect(nextRequest('numbered', numbered, told('2'))).toBeUndefined()
    expect(nextRequest('numbered', numbered, answer([{ id: 1 }, { id: 2 }]))?.query.Page).toBe(2)
    expect(nextRequest('numbered', numbered, answer([{ id: 1 }]))).toBeUndefined()
    expect(nextRequest('numbered', numbered, answer([], { 'total-pages': '9' }))).toBeUndefined()
  })

  test('of a question keeps its body and puts the token into the query', () => {
    const question = { path: '/transactions:query', query: {}, body: { page_size: 2 } }
    expect(nextRequest('token', question, answer({ items: [{ id: 1 }], next: 'T2' }))).toEqual({
      ...question,
      query: { Cursor: 'T2' },
    })
  })
})

/** Five rows in pages of two, as each dialect serves them. */
const served: Record<Dialect, (seen: Seen) => Reply> = {
  numbered: ({ url }) => {
    const page = Number(new URL(url, 'http://x').searchParams.get('Page') ?? 1)
    return { body: slice(page), headers: { 'page-number': String(page), 'total-pages': '3', 'total-count': '5' } }
  },
  linked: ({ url }) => linked(url, 'c', (page) => `/list?pageSize=2&c=${page}`),
  'cursor-number': ({ url }) => linked(url, 'Cursor', (page) => `https://api.shipbob.com/2026-07/list?Cursor=${page}`),
  records: ({ url }) => linked(url, 'Cursor', (page) => `/2026-07/list?RecordsPerPage=2&Cursor=${page}`),
  token: ({ url }) => linked(url, 'Cursor', (page) => String(page)),
}
const slice = (page: number) => [1, 2, 3, 4, 5].slice(page * 2 - 2, page * 2).map((id) => ({ id }))
function linked(url: string, name: string, link: (page: number) => string): Reply {
  const page = Number(new URL(url, 'http://x').searchParams.get(name) ?? 1)
  return { body: { items: slice(page), next: page < 3 ? link(page + 1) : null } }
}

async function all(generator: AsyncGenerator<Json>): Promise<Json[]> {
  const found: Json[] = []
  for await (const one of generator) found.push(one)
  return found
}

describe('a list', () => {
  test.each(Object.entries(served))('that pages by %s is read to its end, each row once', async (dialect, reply) => {
    const server = await serve(reply)
    const client = createClient(connect(server.url))
    const read = await all(rows(client, dialect as Dialect, { path: '/list', query: {} }, 2))
    expect(read).toEqual([1, 2, 3, 4, 5].map((id) => ({ id })))
    expect(server.seen).toHaveLength(3)
    expect(server.seen.every(({ url }) => url.startsWith('/2026-07/list?'))).toBe(true)
  })

  test('is read page by page: what nobody asks for is not read', async () => {
    const server = await serve(served.linked)
    for await (const page of pages(createClient(connect(server.url)), 'linked', { path: '/list', query: {} })) {
      expect(page).toHaveLength(2)
      break
    }
    expect(server.seen).toHaveLength(1)
  })

  test('whose cursor turns in a circle ends', async () => {
    const server = await serve(() => ({ body: { items: [{ id: 1 }, { id: 2 }], next: 'again' } }))
    const read = await all(rows(createClient(connect(server.url)), 'token', { path: '/list', query: {} }))
    expect(read).toEqual([{ id: 1 }, { id: 2 }])
    expect(server.seen).toHaveLength(2)
  })

  test('that repeats a page and keeps rows back is not taken for read', async () => {
    const server = await serve(() => ({
      body: [{ id: 1 }, { id: 2 }],
      headers: { 'total-pages': '2', 'page-number': '1', 'total-count': '4' },
    }))
    const reading = all(rows(createClient(connect(server.url)), 'numbered', { path: '/list', query: {} }))
    await expect(reading).rejects.toMatchObject({ code: 'SHIPBOB_PAGING_BROKEN' })
  })
})
