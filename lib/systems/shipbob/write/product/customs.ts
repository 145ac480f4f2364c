import { compare, divide, equal, toNumber } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { ProductRecord } from '../../records.ts'
import type { Profile } from '../../versions.ts'
import { problem } from '../work.ts'

/** Customs data as ShipBob takes them. */
export interface Customs {
  tariff?: string
  origin?: string
  description?: string
  /** Of one unit, in the account's currency; whole where the version knows no other. */
  value?: string
}

/**
 * What of the ERP's customs data can be sent. A value in another currency than the account's is left out, and rounded
 * where the version takes whole numbers only (shipbob.md §4.1); a warning says so.
 * @param currency what ShipBob keeps the product's value in; USD where it is not known yet
 */
export function customsOf(
  { customs }: ProductRecord,
  { decimalCustoms, name }: Pick<Profile, 'decimalCustoms' | 'name'>,
  currency: string,
): { customs: Customs; warnings: Problem[] } {
  const { value, currency: given, tariff, origin, description } = customs ?? {}
  const texts: Customs = {
    ...(tariff === undefined ? {} : { tariff }),
    ...(origin === undefined ? {} : { origin }),
    ...(description === undefined ? {} : { description }),
  }
  if (value === undefined) return { customs: texts, warnings: [] }
  if (given !== undefined && given !== currency) {
    const message = `The customs value ${value} ${given} was not sent: ShipBob keeps it in ${currency}.`
    return { customs: texts, warnings: [problem('SHIPBOB_CUSTOMS_CURRENCY', message, 'customs.value')] }
  }
  const sent = decimalCustoms ? value : whole(value)
  if (equal(sent, value)) return { customs: { ...texts, value: sent }, warnings: [] }
  const message = `The customs value ${value} is sent as ${sent}: version ${name} of the API takes whole numbers.`
  return {
    customs: { ...texts, value: sent },
    warnings: [problem('SHIPBOB_CUSTOMS_ROUNDED', message, 'customs.value')],
  }
}

/** Goods that are worth something are not declared as worth nothing. */
const whole = (value: string): string => {
  const rounded = divide(value, '1', 0)
  return rounded === '0' && compare(value, '0') > 0 ? '1' : rounded
}

/** The fields of the API; absent ones stay absent. */
export const customsFields = ({ tariff, origin, description, value }: Customs) => ({
  ...(tariff === undefined ? {} : { hs_tariff_code: tariff }),
  ...(origin === undefined ? {} : { country_code_of_origin: origin }),
  ...(value === undefined ? {} : { value: toNumber(value) }),
  ...(description === undefined ? {} : { description }),
})
