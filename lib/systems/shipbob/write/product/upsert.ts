import type { WriteOutcome } from '../../../../core/exchange.ts'
import { Failure, Refusal } from '../../../../core/failures.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { ProductRecord } from '../../records.ts'
import { type Found, findVariants, isSearchable } from '../find-variants.ts'
import { type Variant, variantNamed, variantsOf } from '../variant.ts'
import { held, problem, type Work } from '../work.ts'
import { type Component, newProduct } from './body.ts'
import { changesOf, isMeasuredOtherwise } from './changes.ts'
import { componentsOf, keysOf } from './components.ts'
import { customsOf } from './customs.ts'
import { delivered } from './result.ts'
import { skuOf } from './sku.ts'

/**
 * Makes a product, or brings the one that is found to the record's state (shipbob.md §3.5, §4.1). It is looked for before
 * every attempt, by inventory id, SKU, barcode, so a repeat after a lost answer finds what the first one made; SKUs are
 * unique at ShipBob, and its refusal of a second one leads to the first. More than one hit is held, never guessed.
 */
export async function upsertProduct({ client }: Work, record: ProductRecord): Promise<WriteOutcome> {
  const unusable = [record.sku, ...record.barcodes].filter((key) => !isSearchable(key))
  if (unusable.length > 0)
    return held(
      unusable.map((key) =>
        problem(
          'SHIPBOB_KEY_UNUSABLE',
          `"${key}" cannot be looked for at ShipBob, so the product might be made twice.`,
        ),
      ),
    )
  const found = await find(record)
  const decided = decide(found, record)
  if ('problems' in decided) return held(decided.problems)
  if (!decided.variant && !record.active) return absent(record)
  const { components, problems } = record.bundle
    ? await componentsOf(client, record.bundle)
    : { components: [], problems: [] }
  if (problems.length > 0) return held(problems)
  return decided.variant ? bring(decided.variant, found.by, components) : create(components)

  async function find({ find: ref }: ProductRecord): Promise<Found> {
    const [first] = await findVariants(client, [ref])
    return first ?? { by: 'nothing', hits: [] }
  }

  async function bring(variant: Variant, by: Found['by'], components: readonly Component[]): Promise<WriteOutcome> {
    const { sku, warnings: skuWarnings, problems } = await skuOf(client, variant, by, record)
    if (problems.length > 0) return held(problems)
    const { customs, warnings } = customsOf(record, client.profile, variant.customs.currency)
    const all = [...skuWarnings, ...warnings, ...measured(variant, record)]
    const body = changesOf(variant, record, { customs, components, sku })
    if (body === undefined) return delivered(variant, true, all)
    const answer = await client.patch(`/product/${variant.productId}`, { body })
    const now = variantsOf(answer.body).find(({ id }) => id === variant.id) ?? { ...variant, sku }
    return delivered(now, false, all)
  }

  async function create(components: readonly Component[]): Promise<WriteOutcome> {
    const { customs, warnings } = customsOf(record, client.profile, 'USD')
    const anew = madeAnew(record)
    try {
      const answer = await client.post('/product', { body: newProduct(record, customs, components) })
      const [made] = variantsOf(answer.body)
      if (made) return delivered(made, false, [...warnings, ...anew])
      throw new Failure('ambiguous', 'SHIPBOB_OUTCOME_UNKNOWN', 'POST /product: the answer names no product.')
    } catch (error) {
      if (!isDuplicate(error)) throw error
      // Somebody was quicker, or ShipBob had not shown it yet: it is there, so it is looked for once more.
      const second = await find(record)
      const [hit, ...others] = second.hits
      if (!hit || others.length > 0) throw error
      return bring(hit, second.by, components)
    }
  }
}

const isDuplicate = (error: unknown): boolean =>
  error instanceof Refusal && error.problems.some(({ code }) => code === 'SHIPBOB_DUPLICATE')

/** The one variant that is meant, or none; held where ShipBob has several, or one of the other kind. */
function decide({ hits }: Found, record: ProductRecord): { variant: Variant | undefined } | { problems: Problem[] } {
  const [variant, ...others] = hits
  const what = `${keysOf(record.find)} (${record.name})`
  if (others.length > 0)
    return {
      problems: [
        problem('SHIPBOB_PRODUCT_AMBIGUOUS', `${what} is ${hits.map(variantNamed).join(' or ')} at ShipBob.`, 'find'),
      ],
    }
  if (variant && variant.bundle !== (record.bundle !== undefined)) {
    const message = variant.bundle
      ? `${what} is no kit, but ${variantNamed(variant)} is a bundle at ShipBob.`
      : `${what} is a kit, but ${variantNamed(variant)} is an ordinary product at ShipBob.`
    return { problems: [problem('SHIPBOB_KIND_DIFFERS', message, 'bundle')] }
  }
  return { variant }
}

const absent = ({ name, find }: ProductRecord): WriteOutcome => ({
  outcome: 'delivered',
  targetId: '',
  targetNumbers: [],
  result: {},
  adopted: true,
  warnings: [
    problem('SHIPBOB_PRODUCT_ABSENT', `${keysOf(find)} (${name}) is archived and not at ShipBob; it was not made.`),
  ],
})

const madeAnew = ({ find: { inventoryId }, name }: ProductRecord): Problem[] =>
  inventoryId === undefined
    ? []
    : [
        problem(
          'SHIPBOB_PRODUCT_MADE_ANEW',
          `${name} was at ShipBob with inventory id ${inventoryId}, which it no longer knows; the product was made again.`,
        ),
      ]

const measured = (variant: Variant, record: ProductRecord): Problem[] =>
  isMeasuredOtherwise(variant, record)
    ? [problem('SHIPBOB_DIMENSIONS_LOCKED', 'The warehouse measured the product; its dimensions stand.', 'dimensions')]
    : []
