import { type Decimal, toDecimal } from '../../core/decimal.ts'
import type { Decision } from '../../core/problems.ts'
import { cell, mostSpecific, rowsBy } from '../../core/table-index.ts'
import type { Row, Tables } from '../../core/tables.ts'
import { source } from '../tables.ts'

/** A unit of an EDI document for one item, and what it is in the ERP. */
export interface Unit {
  x12: string
  erpUnit: string
  /** ERP units in one X12 unit: 12 where a dozen is ordered as 12 EA. */
  perUnit: Decimal
  /** True where that is the case size of the item, which nobody states: `perUnit` is no figure then. */
  unsized?: boolean
  /** Base units in one X12 unit; absent where nobody knows. */
  eaches?: Decimal
  source: NonNullable<Decision['table']>
}

export interface UnitFor {
  tradingPartner: string
  item?: string | undefined
  /** Base units in one case of the item, where known. */
  caseSize?: Decimal | undefined
}

/** The ERP unit of an X12 unit: the row for this partner and item before the general one (acumatica.md §8). */
export function resolveUnit(data: Tables, x12: string, wanted: UnitFor): Unit | undefined {
  const [row] = mostSpecific(rowsBy(data.units, 'x12', x12), {
    item: wanted.item ?? '',
    tradingPartner: wanted.tradingPartner,
  })
  return row && read(data, row, wanted)
}

/** The X12 unit of an ERP unit: on the way out the first row that is not a multiple of it. */
export function unitOfErp(data: Tables, erpUnit: string, wanted: UnitFor): Unit | undefined {
  const plain = rowsBy(data.units, 'unit', erpUnit).filter((row) => ['', '1'].includes(cell(row, 'perUnit')))
  const [row] = mostSpecific(plain, { item: wanted.item ?? '', tradingPartner: wanted.tradingPartner })
  return row && read(data, row, wanted)
}

function read(data: Tables, row: Row, { caseSize }: UnitFor): Unit {
  const stated = cell(row, 'eaches')
  const eaches = stated === 'case' ? caseSize : toDecimal(stated)
  return {
    x12: cell(row, 'x12'),
    erpUnit: cell(row, 'unit'),
    ...perUnitOf(cell(row, 'perUnit'), caseSize),
    ...(eaches === undefined ? {} : { eaches }),
    source: source(data, 'units', row),
  }
}

/** An ERP without cases of its own counts them as so many units: "case" stands for the case size of the item. */
function perUnitOf(stated: string, caseSize: Decimal | undefined): Pick<Unit, 'perUnit' | 'unsized'> {
  if (stated !== 'case') return { perUnit: toDecimal(stated) ?? '1' }
  return caseSize === undefined ? { perUnit: '1', unsized: true } : { perUnit: caseSize }
}
