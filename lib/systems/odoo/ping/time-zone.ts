import { fail, type PingLine, pass, warn } from '../../../core/ping.ts'
import { idOf } from '../bundle.ts'
import type { OpenOdoo } from '../client.ts'
import { isZone } from '../parse/days.ts'
import type { Settings } from '../settings.ts'

/** In whose days Odoo's UTC date-times are told: the configured zone, the company's, else UTC itself. */
export async function timeZoneLine(odoo: OpenOdoo, { timeZone }: Settings): Promise<PingLine> {
  if (timeZone !== undefined)
    return isZone(timeZone)
      ? pass('time zone', timeZone)
      : fail('time zone', `timeZone "${timeZone}" is no time zone`, 'Write an IANA name, such as America/Chicago.')
  const [company] = await odoo.read('res.company', odoo.companies.slice(0, 1), ['partner_id'])
  const contact = idOf(company?.partner_id)
  const [partner] = contact === undefined ? [] : await odoo.read('res.partner', [contact], ['tz'])
  if (typeof partner?.tz === 'string' && isZone(partner.tz)) return pass('time zone', `${partner.tz}, the company's`)
  return warn(
    'time zone',
    'none is set: days are told in UTC, where an evening in America is the next day',
    'Set timeZone in the settings of the connection, such as America/Chicago, or a zone on the contact of the company.',
  )
}
