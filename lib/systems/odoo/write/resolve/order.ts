import type { Problem } from '../../../../core/problems.ts'
import type { AddressRecord, OrderLineRecord, OrderRecord, PartnerRef } from '../../records.ts'
import type { Odoo } from '../../rpc.ts'
import type { Shape } from '../order/shape.ts'
import { problem } from '../work.ts'
import { type Address, resolveAddress } from './address.ts'
import { resolveCarrier, resolveCompany, resolveCurrency, resolvePriceList, resolveWarehouse } from './masters.ts'
import { type Contact, resolveContact } from './partner.ts'
import { type Product, resolveProducts } from './product.ts'
import { readUnits, type Units } from './unit.ts'

/** A line with everything it names found. */
export interface ResolvedLine {
  sent: OrderLineRecord
  product: Product
  unitId: number
}

/** An order with everything it names found. Ids are absent where the record names nothing. */
export interface ResolvedOrder {
  company: number
  partner: Contact
  shipTo: Address | undefined
  warehouse: { id: number; receipts: number | undefined } | undefined
  currency: number | undefined
  priceList: number | undefined
  carrier: number | undefined
  lines: ResolvedLine[]
  /** Told in the note, where Odoo has no field for it. */
  remarks: string[]
  warnings: Problem[]
}

/** Finds what an order names, in few calls; all problems at once where something is missing or not clear. */
export async function resolveOrder(
  odoo: Odoo,
  shape: Shape,
  record: OrderRecord,
): Promise<ResolvedOrder | { problems: Problem[] }> {
  const problems: Problem[] = []
  // A list for each question, so that problems come in the same order however the answers arrive.
  const ofWarehouse: Problem[] = []
  const ofCurrency: Problem[] = []
  const ofCarrier: Problem[] = []
  const ofLines: Problem[] = []
  const warnings: Problem[] = []
  const company = await resolveCompany(odoo, record.company, problems)
  const what = shape.model === 'sale.order' ? 'customer' : 'vendor'
  const partner = await resolveContact(odoo, record.partner.partner, { what, path: 'partner' }, problems)
  const [warehouse, currency, carrier, lines] = await Promise.all([
    resolveWarehouse(odoo, record.warehouse, company, ofWarehouse),
    resolveCurrency(odoo, record.currency, ofCurrency),
    shape.carrier === undefined ? undefined : resolveCarrier(odoo, record.carrier, company, ofCarrier),
    resolveLines(odoo, record.lines, ofLines, shape.model === 'sale.order' ? undefined : partner?.commercialId),
  ])
  problems.push(...ofWarehouse, ...ofCurrency, ...ofCarrier)
  const priceList =
    partner && currency !== undefined && shape.currency === undefined
      ? await resolvePriceList(odoo, partner.id, currency, company, problems)
      : undefined
  const place =
    partner && record.shipTo
      ? await resolveShipTo(odoo, shape, record.shipTo, partner, problems, warnings)
      : { shipTo: undefined, receipts: undefined, remark: undefined }
  problems.push(...ofLines)
  const days = new Set([record.plannedDate, ...record.lines.map((line) => line.plannedDate)].filter(Boolean))
  if (!shape.linePlanned && days.size > 1)
    warnings.push(
      problem(
        'ODOO_DATES_DIFFER',
        `The lines are wanted on ${[...days].sort().join(', ')}; a ${shape.title} has one date.`,
        'lines',
      ),
    )
  if (!partner || problems.length > 0) return { problems }
  const carrierRemark = shape.carrier === undefined && record.carrier ? [`Carrier: ${record.carrier}`] : []
  return {
    company,
    partner,
    shipTo: place.shipTo,
    warehouse: warehouse ?? place.receipts,
    currency,
    priceList,
    carrier,
    lines,
    remarks: [...(place.remark ? [place.remark] : []), ...carrierRemark],
    warnings,
  }
}

/** Products and units of lines. A line whose product or unit is missing is left out, with its problem. */
export async function resolveLines(
  odoo: Odoo,
  lines: readonly OrderLineRecord[],
  problems: Problem[],
  vendor?: number,
): Promise<ResolvedLine[]> {
  if (lines.length === 0) return []
  const twice = lines.filter((line, i) => lines.findIndex((other) => other.line === line.line) < i)
  for (const { line } of twice)
    problems.push(problem('ODOO_LINE_TWICE', `The line number ${line} stands twice in the document.`, 'lines'))
  const asked = lines.map(({ product }, i) => ({ ref: product, path: `lines[${i}].product` }))
  const [units, products] = await Promise.all([readUnits(odoo), resolveProducts(odoo, asked, problems, vendor)])
  return lines.flatMap((sent, i) => {
    const product = products[i]
    const unitId = unitFor(units, sent.unit, product, `lines[${i}].unit`, problems)
    return product && unitId !== undefined ? [{ sent, product, unitId }] : []
  })
}

/** The unit of a name that converts to the product's own; that one where none is named. */
export function unitFor(
  units: Units,
  name: string | undefined,
  product: Product | undefined,
  path: string,
  problems: Problem[],
): number | undefined {
  if (name === undefined) return product?.unitId
  const named = units.named(name)
  if (named.length === 0) {
    problems.push(problem('ODOO_UNIT_NOT_FOUND', `There is no unit of measure "${name}" in Odoo.`, path))
    return undefined
  }
  if (!product) return undefined
  const suited = named.filter((id) => units.convert('1', id, product.unitId) !== undefined)
  if (suited.length === 1) return suited[0]
  const own = units.nameOf(product.unitId)
  const message =
    suited.length === 0
      ? `${product.name} is kept in ${own}, which "${name}" does not convert to.`
      : `Odoo has ${suited.length} units "${name}" that convert to ${own}.`
  problems.push(problem('ODOO_UNIT_UNSUITED', message, path))
  return undefined
}

interface Place {
  shipTo: Address | undefined
  receipts: { id: number; receipts: number | undefined } | undefined
  remark: string | undefined
}

/**
 * Where the goods go. Only a sales order has a delivery address. A purchase order is received in a warehouse: that of
 * the ship-to, where it is a warehouse's address. Its `dest_address_id` is for drop-shipping, and would send the goods
 * past our stock, so any other ship-to is told in the note.
 */
export async function resolveShipTo(
  odoo: Odoo,
  shape: Shape,
  sent: PartnerRef | AddressRecord,
  partner: Contact,
  problems: Problem[],
  warnings: Problem[],
): Promise<Place> {
  const nowhere: Place = { shipTo: undefined, receipts: undefined, remark: undefined }
  if (shape.shipTo !== undefined) {
    if (!('partner' in sent)) {
      const shipTo = await resolveAddress(odoo, sent, partner, problems, warnings)
      return { ...nowhere, shipTo }
    }
    const asked = { what: 'ship-to', path: 'shipTo', within: partner.commercialId }
    return { ...nowhere, shipTo: await resolveContact(odoo, sent.partner, asked, problems) }
  }
  const code = 'partner' in sent ? sent.partner : sent.code
  const houses =
    code === undefined || shape.pickingType === undefined
      ? []
      : await odoo.searchRead('stock.warehouse', ['|', ['partner_id.ref', '=', code], ['code', '=', code]], {
          fields: ['in_type_id'],
          order: 'id',
        })
  const [house] = houses
  const type = Array.isArray(house?.in_type_id) ? house.in_type_id[0] : undefined
  if (house && houses.length === 1 && typeof type === 'number')
    return { ...nowhere, receipts: { id: house.id, receipts: type } }
  const remark = `Ship to: ${spelled(sent)}`
  const message = `A ${shape.title} has no delivery address in Odoo; the note says "${remark}".`
  warnings.push(problem('ODOO_SHIP_TO_NOTED', message, 'shipTo'))
  return { ...nowhere, remark }
}

function spelled(sent: PartnerRef | AddressRecord): string {
  if ('partner' in sent) return sent.partner
  const { code, name, street, street2, city, zip, state, country } = sent
  const parts = [name, code && `(${code})`, street, street2, city, [state, zip].filter(Boolean).join(' '), country]
  return parts.filter((part) => part !== undefined && part !== '').join(', ')
}
