import { add, equal, multiply } from '../../../core/decimal.ts'
import { problem } from '../problem.ts'
import type { Findings, View } from './view.ts'

/** Lots, serial numbers and the day of expiry that a section names. */
export interface Marks {
  lots: string[]
  serials: string[]
  expires: string | undefined
}

/** A part of a line's quantity with one lot or serial number. */
export interface Portion {
  quantity: string
  lot: string | undefined
  serial: string | undefined
}

/** LT lot, else BT batch, else WLT the warehouse's lot; SE serial. */
const lotQualifiers = ['LT', 'BT', 'WLT']
/** 036 expiration, 511 shelf life expiration, 208 lot expiration. */
const expiryQualifiers = ['036', '511', '208']

/** What the References (nested ones too) and Dates of a section say (sps-commerce.md 7.4: "lots and serials in References"). */
export function marksOf(section: View): Marks {
  const references = section.many('References').flatMap((r) => [r, ...r.many('ReferenceIDs')])
  const named = (qualifier: string): string[] =>
    [
      ...new Set(
        references.flatMap((r) =>
          r.text('ReferenceQual')?.toUpperCase() === qualifier ? [r.text('ReferenceID')] : [],
        ),
      ),
    ].filter((id) => id !== undefined)
  const expiry = section.many('Dates').find((d) => expiryQualifiers.includes(d.code('DateTimeQualifier', 3) ?? ''))
  return {
    lots: lotQualifiers.map(named).find((lots) => lots.length > 0) ?? [],
    serials: named('SE'),
    expires: expiry?.day('Date'),
  }
}

const isMarked = ({ lots, serials }: Marks): boolean => lots.length + serials.length > 0

/** The marks of the first section that has some, and the first day of expiry. The innermost section comes first. */
export function nearestMarks(sections: View[]): Marks {
  const all = sections.map(marksOf)
  const marked = all.find(isMarked)
  return {
    lots: marked?.lots ?? [],
    serials: marked?.serials ?? [],
    expires: all.find((m) => m.expires !== undefined)?.expires,
  }
}

/**
 * Splits a quantity by what is marked on it: one lot, or as many serial numbers as units. Where it is open how much
 * of the quantity each mark has, all of it stays in one portion without marks, with a warning: a lot is not guessed.
 */
export function portionsOf(quantity: string, marks: Marks, at: string, found: Findings): Portion[] {
  const { lots, serials } = marks
  const whole = { quantity, lot: lots[0], serial: serials[0] }
  if (lots.length < 2 && serials.length < 2) return [whole]
  if (lots.length < 2 && equal(quantity, String(serials.length)))
    return serials.map((serial) => ({ quantity: '1', lot: lots[0], serial }))
  return unclear(quantity, [...lots, ...serials], at, found)
}

/**
 * The portions of a shipped line by its ItemLoadInfo, each with its own References and UnitsShipped; undefined where
 * no load names a lot or serial number. UnitsShipped counts either all units or those of one of the loads: whichever
 * adds up to the line's quantity.
 */
export function loadPortions(item: View, quantity: string, found: Findings): Portion[] | undefined {
  const loads = item.many('ItemLoadInfo').map((load) => {
    const units = load.one('ItemLoad').decimalOrWarn('UnitsShipped')
    const each = load.one('ItemLoad').decimalOrWarn('NumberOfLoads') ?? '1'
    return { marks: marksOf(load), units, all: units === undefined ? undefined : multiply(units, each), at: load.path }
  })
  if (!loads.some((l) => isMarked(l.marks))) return undefined
  const [only] = loads
  if (only && loads.length === 1) return portionsOf(quantity, only.marks, only.at, found)
  const shares = [loads.map((l) => l.units), loads.map((l) => l.all)].find(
    (s): s is string[] => s.every((v) => v !== undefined) && equal(add(...(s as string[])), quantity),
  )
  if (shares) return loads.flatMap((load, i) => portionsOf(shares[i] ?? '0', load.marks, load.at, found))
  const names = loads.flatMap(({ marks }) => [...marks.lots, ...marks.serials])
  return unclear(quantity, names, item.at('ItemLoadInfo'), found)
}

function unclear(quantity: string, names: string[], at: string, found: Findings): Portion[] {
  const message = `it does not say how much of ${quantity} each of ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' ...' : ''} has; lots and serial numbers were left out`
  found.warnings.push(problem('SPS_LOTS_UNCLEAR', message, at))
  return [{ quantity, lot: undefined, serial: undefined }]
}
