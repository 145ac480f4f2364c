import { type SandboxOdoo, start } from '../../../sandbox/systems/odoo/index.ts'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import { contentOf, type Recording, recorded, shapeOf, type Version } from './recordings.ts'

/** The recorded databases as far as the recordings look at them, with their ids. */
async function recordedWorld(version: Version): Promise<SandboxOdoo> {
  const clock = createSandboxClock(undefined, Date.parse('2026-11-21T02:00:00Z'))
  const sandbox = await start({
    version,
    clock,
    database: `odoo${version}`,
    languages: ['fr_FR'],
    admin: { password: 'admin' },
  })
  const us = sandbox.ref('base.us')?.id ?? 0
  const put = (id: number, values: Parameters<SandboxOdoo['create']>[1], model = 'res.partner') => {
    sandbox.idsFrom(model, id)
    return sandbox.create(model, values)
  }
  const plainUid = version === 18 ? 8 : 7
  sandbox.idsFrom('res.users', plainUid)
  sandbox.addUser({ login: 'plain', password: 'plain-throwaway', groups: ['base.group_user'] })
  sandbox.addKey(plainUid, { name: 'plain', key: 'plain-key' })
  sandbox.addKey(2, { name: 'old', key: 'expired-key', expires: '2026-11-20 00:00:00' })
  const tags = ['Desk', 'Services'].map((name) => sandbox.create('res.partner.category', { name }))
  const company = (id: number, name: string, more = {}) =>
    put(id, {
      name,
      is_company: true,
      country_id: us,
      email: `${id}@example.com`,
      vat: 'US12345672',
      category_id: [[6, 0, tags]],
      ...more,
    })
  for (const id of version === 18 ? [9, 10] : [8, 9]) {
    company(id, id === 9 ? 'Acme Corporation' : 'Wood Corner')
    for (const child of [20, 21]) put(id * 100 + child, { name: `Person ${child}`, parent_id: id })
  }
  if (version === 19) put(10, { name: 'Vendor', is_company: true })
  else company(3984, 'A company without mail', { email: false })
  sandbox.write('res.partner', 1, { email: 'info@example.com' })
  // Ids that single recordings name.
  for (const id of version === 18 ? [46, 47, 49] : [47, 48, 50, 51, 54, 2862])
    put(id, { name: `B${id}`, phone: '+1 555 0100' })
  sandbox.write('res.partner', [version === 18 ? 46 : 47], { image_128: 'iVBORw0KGgo=' })
  const product = put(180, { name: 'RX widget 19', is_storable: true }, 'product.product')
  const line = [0, 0, { product_id: product, product_qty: 2, price_unit: 3 }]
  const order = put(15, { partner_id: version === 19 ? 10 : 9, order_line: [line, line] }, 'purchase.order')
  sandbox.call('purchase.order', 'button_confirm', order)
  sandbox.idsFrom('purchase.order', 28)
  sandbox.idsFrom('stock.picking', 69)
  sandbox.idsFrom('stock.move', 135)
  sandbox.idsFrom('res.partner', 5000)
  return sandbox
}

const keys: [placeholder: string, key: (sandbox: SandboxOdoo) => string][] = [
  ['<API-KEY:admin_noscope_persistent>', (s) => s.credentials.adminKey],
  ['<API-KEY:admin_expired>', () => 'expired-key'],
  ['<API-KEY:plain>', () => 'plain-key'],
]

async function replay(sandbox: SandboxOdoo, { request, response }: Recording, cookie: string) {
  const fill = (text: string) =>
    keys.reduce((filled, [placeholder, key]) => filled.replaceAll(placeholder, key(sandbox)), text)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, text]) => [name, fill(text)]))
  const answer = await fetch(`${sandbox.url}${request.path}`, {
    method: request.method,
    headers: { ...headers, ...(cookie ? { cookie } : {}) },
    redirect: 'manual',
    ...(request.method === 'GET' ? {} : { body: fill(request.body) }),
  })
  const type = answer.headers.get('content-type') ?? ''
  const body = await answer.text()
  const kept = (headers: Headers | Record<string, string>, name: string) =>
    (headers instanceof Headers ? headers.get(name) : headers[name])?.trim() ?? null
  const seen = (status: number, from: Headers | Record<string, string>, text: string, contentType: string) => ({
    status,
    contentType,
    location: kept(from, 'location'),
    authenticate: kept(from, 'www-authenticate'),
    body: shapeOf(contentOf(contentType, text)),
  })
  const recordedType = response.headers['content-type'] ?? ''
  return {
    ours: seen(answer.status, answer.headers, response.body === '' ? '' : body, type),
    theirs: seen(response.status, response.headers, response.body, recordedType),
    cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '',
  }
}

/** What the recorded server looked at that a small company has not. */
const elsewhere = new Set([
  '54-context',
  '70-entry-create',
  '71-entry-post',
  '72-entry-post-again',
  '73-entry-unbalanced',
])

describe.each([18, 19] as const)('the simulated Odoo %i answers as the recorded one', (version) => {
  let sandbox: SandboxOdoo
  beforeAll(async () => {
    sandbox = await recordedWorld(version)
  })
  afterAll(() => sandbox.close())

  for (const protocol of ['xmlrpc', 'jsonrpc', 'json2'])
    it.each(
      recorded<Recording>(version, protocol)
        .filter((r) => !elsewhere.has(r.name))
        .map((r) => [r.name, r] as const),
    )(`${protocol} %s`, async (name, recording) => {
      const session = name.includes('with-cookie')
        ? (
            await replay(
              sandbox,
              recorded<Recording>(version, 'jsonrpc').find((r) => r.name === '10-session-authenticate') as Recording,
              '',
            )
          ).cookie
        : ''
      const { ours, theirs } = await replay(sandbox, recording, session)
      // Of the sign-in's answer a part was recorded.
      if (name.includes('session-authenticate')) expect(ours).toMatchObject(theirs)
      else expect(ours).toEqual(theirs)
    })
})
