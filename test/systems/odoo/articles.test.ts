import type { SourceDocument } from '../../../lib/core/exchange.ts'
import { createReader } from '../../../lib/systems/odoo/reader.ts'
import { createArticles, partsIn, productIn } from './articles.ts'
import { closeAll, connectionTo, pollerOf, startCompany } from './polling.ts'

afterEach(closeAll)

const minute = 60_000
const hour = 60 * minute
const numbers = (documents: readonly SourceDocument[]) => documents.map(({ number }) => number).sort()

/** A company with kits, polled until all of them are told and out of the overlap. */
async function polled(version: 18 | 19) {
  const company = await startCompany(version)
  const { odoo } = company
  const reader = createReader(connectionTo(odoo, ['product']))
  const products = pollerOf(reader, 'products')
  await products.poll()
  const articles = createArticles(odoo)
  const poll = async (after = minute) => {
    odoo.clock.advance(after)
    return products.poll()
  }
  const first = await poll()
  await poll(20 * minute)
  return { ...company, reader, products, articles, poll, first }
}

describe.each([18, 19] as const)('articles of Odoo %i', (version) => {
  it('are told as they are made, kits as what they consist of in the end', async () => {
    const { first, articles } = await polled(version)
    expect(numbers(first)).toEqual(['COF', 'GIFT', 'LAMP-1', 'MUG', 'PAIR'])
    const gift = first.find(({ number }) => number === 'GIFT')
    expect(gift).toMatchObject({ type: 'product', key: `product.product/${articles.gift.id}` })
    expect(productIn(gift)).toMatchObject({ kind: 'kit', stocked: false, state: 'active' })
    expect(partsIn(gift)).toEqual({ COF: '1', MUG: '2' })
  })

  it('are told again with a change of their template', async () => {
    const { odoo, articles, poll } = await polled(version)
    odoo.write('product.template', articles.templateOf(articles.mug), { list_price: 9.5 })
    const told = await poll()
    expect(numbers(told)).toEqual(['MUG'])
    expect(productIn(told[0]).customs).toMatchObject({ value: '9.5' })
  })

  it('are told again with a line of their bill, and so is every kit around them', async () => {
    const { odoo, articles, poll } = await polled(version)
    const [line] = odoo.records('mrp.bom.line', [['bom_id', '=', articles.pair.bill]])
    odoo.write('mrp.bom.line', line?.id ?? 0, { product_qty: 3 })
    const told = await poll()
    expect(numbers(told)).toEqual(['GIFT', 'PAIR'])
    expect(told.map((document) => partsIn(document).MUG)).toEqual(['3', '3'])
  })
})

describe('articles and what they are made of', () => {
  it('become kits, and are none any more once their bill is archived', async () => {
    const { odoo, articles, poll } = await polled(19)
    odoo.write('mrp.bom', articles.pair.bill, { active: false })
    const told = await poll()
    const [gift, pair] = ['GIFT', 'PAIR'].map((number) => told.find((one) => one.number === number))
    expect(productIn(pair).kind).toBe('goods')
    expect(partsIn(gift)).toEqual({ COF: '1', PAIR: '1' })
  })

  it('are told as inactive once they are archived', async () => {
    const { odoo, articles, poll } = await polled(19)
    odoo.write('product.template', articles.templateOf(articles.gift.id), { active: false })
    const [gift] = (await poll()).filter(({ number }) => number === 'GIFT')
    expect(productIn(gift)).toMatchObject({ state: 'inactive', kind: 'kit' })
  })

  it.each(['line', 'bill'] as const)(
    'are told anew when a %s is deleted, later than what was told before',
    async (what) => {
      const { odoo, articles, poll, products } = await polled(19)
      const [line] = odoo.records('mrp.bom.line', [['bom_id', '=', articles.pair.bill]])
      odoo.write('mrp.bom.line', line?.id ?? 0, { product_qty: 3 })
      await poll()
      if (what === 'line') odoo.unlink('mrp.bom.line', line?.id ?? 0)
      else odoo.unlink('mrp.bom', articles.pair.bill)
      expect(await poll()).toEqual([])
      const told = await poll(11 * minute)
      expect(numbers(told)).toEqual(['GIFT', 'PAIR'])
      expect(partsIn(told.find(({ number }) => number === 'GIFT'))).toEqual(
        what === 'line' ? { COF: '1' } : { COF: '1', PAIR: '1' },
      )
      for (const document of told) {
        const before = products.documents.filter((one) => one.key === document.key && one !== document)
        expect(before.every((one) => one.version <= document.version)).toBe(true)
      }
      expect(await poll(20 * minute)).toEqual([])
    },
  )

  it('made a kit for minutes only are told as goods again', async () => {
    const { odoo, articles, poll } = await polled(19)
    const bill = odoo.create('mrp.bom', {
      product_tmpl_id: articles.templateOf(articles.mug),
      type: 'phantom',
      bom_line_ids: [[0, 0, { product_id: articles.coffee, product_qty: 1 }]],
    })
    expect(productIn((await poll()).find(({ number }) => number === 'MUG')).kind).toBe('kit')
    odoo.unlink('mrp.bom', bill)
    await poll()
    expect(productIn((await poll(11 * minute)).find(({ number }) => number === 'MUG')).kind).toBe('goods')
  })

  it('do not change with manufacturing, and services are none', async () => {
    const { odoo, articles, poll } = await polled(19)
    const made = articles.made('Lamp shade', 'SHADE')
    odoo.create('product.product', { name: 'Repair', default_code: 'REP', type: 'service' })
    odoo.create('mrp.bom', {
      product_tmpl_id: articles.templateOf(made),
      type: 'normal',
      bom_line_ids: [[0, 0, { product_id: articles.mug, product_qty: 1 }]],
    })
    const told = await poll()
    expect(numbers(told)).toEqual(['SHADE'])
    expect(productIn(told[0])).toMatchObject({ kind: 'goods', components: [] })
  })

  it('that are deleted are told by their id, however old they are', async () => {
    const { odoo, articles, reader } = await polled(19)
    const never = articles.made('Never sold', 'NEVER')
    const sweep = pollerOf(reader, 'products:deletions')
    await sweep.poll()
    odoo.clock.advance(400 * 24 * hour)
    expect(await sweep.poll()).toEqual([])
    odoo.unlink('product.product', never)
    odoo.clock.advance(7 * hour)
    const [gone, ...others] = await sweep.poll()
    expect(others).toEqual([])
    expect(gone).toMatchObject({ type: 'product', key: `product.product/${never}`, number: String(never) })
    expect(productIn(gone)).toMatchObject({ state: 'deleted', id: String(never) })
  })
})
