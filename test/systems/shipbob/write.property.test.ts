import fc from 'fast-check'
import { closeAll } from './server.ts'
import { insist, type Strike, startWarehouse } from './warehouse.ts'
import { coffee, order } from './written.ts'

afterEach(closeAll)

/** Every way in which a request can go wrong, one for each request, then none any more. */
const strikes = fc.array(fc.constantFrom<Strike>(undefined, 'before', 'after', 'after', 'garbled', 'unavailable'), {
  maxLength: 24,
})
const striking = (plan: Strike[]) => {
  const left = [...plan]
  return () => left.shift()
}

const mugs = (quantity: number, known: number[] = []) =>
  order({
    boxes: [{ items: [{ product: { sku: 'MUG-BLU-01' }, quantity, name: 'Mug', path: 'lines[0]' }] }],
    known,
  })

const runs = { numRuns: 60, endOnFailure: true }

describe('whatever fails, and however often it is tried', () => {
  it('a product is made once', async () => {
    await fc.assert(
      fc.asyncProperty(strikes, async (plan) => {
        const { write, world } = await startWarehouse({ products: [], strike: striking(plan) })
        for (let again = 0; again < 2; again += 1)
          expect(await insist((more) => write('upsert-product', coffee(), more))).toMatchObject({
            outcome: 'delivered',
          })
        expect(world.products).toHaveLength(1)
        await closeAll()
      }),
      runs,
    )
  })

  it('a receiving order is made once', async () => {
    await fc.assert(
      fc.asyncProperty(strikes, async (plan) => {
        const { write, world } = await startWarehouse({ strike: striking(plan) })
        for (let again = 0; again < 2; again += 1)
          expect(await insist((more) => write('create-receiving-order', order(), more))).toMatchObject({
            outcome: 'delivered',
          })
        expect(world.orders).toHaveLength(1)
        await closeAll()
      }),
      runs,
    )
  })

  it.each(['2026-07', '2026-01'])(
    'what is expected after changes is what was last told, never more (%s)',
    async (version) => {
      await fc.assert(
        fc.asyncProperty(
          strikes,
          fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
          async (plan, quantities) => {
            const { write, world } = await startWarehouse({ version, strike: striking(plan) })
            await insist((more) => write('create-receiving-order', mugs(60), more))
            for (const quantity of quantities) {
              const known = world.orders.map(({ id }) => id)
              const outcome = await insist((more) => write('change-receiving-order', mugs(quantity, known), more))
              expect(outcome).toMatchObject({ outcome: 'delivered' })
            }
            const open = world.orders.filter(({ status }) => status !== 'Cancelled')
            expect(open.map(({ inventory_quantities: [goods] }) => goods.expected_quantity)).toEqual([
              quantities.at(-1) ?? 60,
            ])
            await closeAll()
          },
        ),
        runs,
      )
    },
  )

  it('a cancelled order is expected by nobody', async () => {
    await fc.assert(
      fc.asyncProperty(strikes, async (plan) => {
        const { write, world } = await startWarehouse({ strike: striking(plan) })
        await insist((more) => write('create-receiving-order', order(), more))
        const known = world.orders.map(({ id }) => id)
        const cancel = { purchaseOrder: 'P00042', known }
        expect(await insist((more) => write('cancel-receiving-order', cancel, more))).toMatchObject({
          outcome: 'delivered',
        })
        expect(world.orders.map(({ status }) => status)).toEqual(['Cancelled'])
        await closeAll()
      }),
      runs,
    )
  })
})
