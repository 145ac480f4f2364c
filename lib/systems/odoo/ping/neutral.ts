import type { OpenOdoo } from '../client.ts'
import type { OdooRecord } from '../rpc.ts'

/** Neither the configured companies nor the language: whether these are right is being asked. */
export const neutral = { lang: 'en_US', allowed_company_ids: [] }

/** The signed-in user. */
export async function readUser(odoo: OpenOdoo, fields: readonly string[]): Promise<OdooRecord[]> {
  const search = { fields, order: 'id', context: neutral }
  return odoo.searchRead('res.users', [['id', '=', odoo.uid]], search)
}
