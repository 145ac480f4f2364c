import { add, type Decimal, isZero } from '../../core/decimal.ts'
import type { Findings } from '../../core/findings.ts'
import type { ShipNotice } from '../../documents/ship-notice.ts'
import { shippingSerialId } from '../../systems/sps-commerce/records.ts'
import type { Partner } from '../resolve/partner.ts'
import { checkPacked, type ShippedLine } from './lines.ts'

type Package = ShipNotice['packages'][number]

/** A carton and how much of which line is in it, in the order's unit. */
export interface Carton {
  package: Package
  index: number
  serial?: string
  contents: { line: ShippedLine; quantity: Decimal }[]
}

export type Packing = { structure: '0001'; cartons: Carton[] } | { structure: '0004' }

/**
 * What is in which carton (S2–S4, S7). Contents are joined to shipment lines by the split they were allocated from.
 * Goods are never spread by guess: several cartons without contents hold, or go without packs where the partner
 * takes that.
 */
export function packGoods(
  shipment: ShipNotice,
  lines: readonly ShippedLine[],
  partner: Partner,
  find: Findings,
): Packing {
  const structure = (value: '0001' | '0004', input: string): void =>
    find.decide({ field: 'ASNStructureCode', rule: 'S4', input, value, table: partner.source })
  if (partner.asnStructure === '0004') {
    structure('0004', 'partner asks for items under the order')
    return { structure: '0004' }
  }
  const { packages } = shipment
  const without = packages.filter((p) => p.contents.length === 0)
  const [only] = packages
  if (packages.length === 0 || (without.length > 0 && packages.length > 1)) {
    const what =
      packages.length === 0
        ? 'The shipment has no packages.'
        : `${without.length} of ${packages.length} packages have no contents recorded.`
    if (partner.packContentsMissing === 'items' && without.length === packages.length) {
      structure('0004', `${what} The partner takes items under the order.`)
      return { structure: '0004' }
    }
    find.hold(
      'PACK_CONTENTS_MISSING',
      `${what} Record what is in which package in the ERP; it is never guessed.`,
      'Packages',
    )
    return { structure: '0004' }
  }
  structure('0001', `${packages.length} packages with contents`)
  const packed = new Map<ShippedLine['erp'], Decimal>()
  const cartons = packages.map((p, index): Carton => {
    const contents =
      only && without.length === 1
        ? lines.map((line) => ({ line, quantity: line.shipped }))
        : contentsOf(p, index, lines, find)
    for (const { line, quantity } of contents) packed.set(line.erp, add(packed.get(line.erp) ?? '0', quantity))
    const serial = serialOf(p, index, partner, find)
    return { package: p, index, contents: merge(contents), ...(serial === undefined ? {} : { serial }) }
  })
  if (find.problems.length === 0) checkPacked(lines, packed, find)
  checkSerials(cartons, find)
  return { structure: '0001', cartons }
}

function contentsOf(p: Package, index: number, lines: readonly ShippedLine[], find: Findings): Carton['contents'] {
  return p.contents.flatMap((row, i) => {
    const path = `Packages[${index}].PackageContents[${i}]`
    const line = lineOf(row, lines)
    if (!line) {
      // What is not an EDI line was found before; a row that fits no shipped line at all is a mistake.
      find.hold(
        'PACK_CONTENT_UNKNOWN',
        `Package ${index + 1} holds ${row.quantity} ${row.item}, which fits no one line of the shipment.`,
        path,
      )
      return []
    }
    const quantity = line.inOrderUnit(
      row.quantity,
      row.unit ?? line.erp.splits.find((s) => s.split === row.split)?.unit,
    )
    if (quantity === undefined) {
      find.hold(
        'QUANTITY_NOT_EXACT',
        `Package ${index + 1}: ${row.quantity} ${row.unit ?? ''} of ${row.item} is no exact quantity in ${line.unit.x12}.`,
        `${path}.Quantity`,
      )
      return []
    }
    return isZero(quantity) ? [] : [{ line, quantity }]
  })
}

/**
 * The one line a row of contents is of: of its item, and of its split where it names one. Split numbers may repeat
 * from line to line, and an item may be on two (S2): what still fits several lines fits none.
 */
function lineOf(row: Package['contents'][number], lines: readonly ShippedLine[]): ShippedLine | undefined {
  const [line, ...others] = lines.filter(
    ({ erp }) =>
      erp.item === row.item &&
      (row.split === undefined || erp.splits.some((s) => s.split === row.split && s.item === row.item)),
  )
  return others.length === 0 ? line : undefined
}

/** Rows of the same buyer's line in one carton are summed. */
function merge(contents: Carton['contents']): Carton['contents'] {
  const merged: Carton['contents'] = []
  for (const { line, quantity } of contents) {
    const same = merged.find((m) => m.line.order === line.order && m.line.buyer.line === line.buyer.line)
    if (same) same.quantity = add(same.quantity, quantity)
    else merged.push({ line, quantity })
  }
  return merged
}

/** 00 and the SSCC-18 with a right check digit (S7); a wrong one always holds. */
function serialOf(p: Package, index: number, partner: Partner, find: Findings): string | undefined {
  const field = partner.ssccField ?? usualField(p)
  const path = `Packages[${index}].${field}`
  const given = p.references[field]
  if (given === undefined || (partner.ssccField === undefined && field === 'name' && !likeSscc.test(given))) {
    if (partner.sscc === 'required') find.hold('SSCC_MISSING', `Package ${index + 1} has no SSCC in ${field}.`, path)
    return undefined
  }
  const serial = shippingSerialId(given)
  if (serial === undefined)
    return find.hold(
      'SSCC_INVALID',
      `Package ${index + 1}: ${given} is no SSCC of 18 digits with a right check digit.`,
      path,
    )
  find.decide({
    field: `PackLevel[${index}].Pack.ShippingSerialID`,
    rule: 'S7',
    input: `${path}=${given}`,
    value: serial,
  })
  return serial
}

/** Acumatica keeps it in a reference of the package; in Odoo it is the package's name, where that is one at all. */
const usualField = (p: Package): string => ('name' in p.references ? 'name' : 'CustomRefNbr1')
const likeSscc = /^(00)?\d{18}$/

function checkSerials(cartons: readonly Carton[], find: Findings): void {
  const seen = new Map<string, number>()
  for (const { serial, index, contents } of cartons) {
    if (contents.length === 0 && find.problems.length === 0)
      find.hold(
        'PACK_CONTENTS_MISSING',
        `Package ${index + 1} holds nothing of this shipment.`,
        `Packages[${index}].PackageContents`,
      )
    if (serial === undefined) continue
    const before = seen.get(serial)
    if (before !== undefined)
      find.hold(
        'SSCC_TWICE',
        `Packages ${before + 1} and ${index + 1} have the same SSCC ${serial.slice(2)}.`,
        `Packages[${index}]`,
      )
    seen.set(serial, index)
  }
}
