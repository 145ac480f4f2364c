import type { Findings } from '../../../core/findings.ts'
import { cell } from '../../../core/table-index.ts'
import type { Partner } from '../../../edi/resolve/partner.ts'
import type { OrderModel } from '../../../systems/odoo/records.ts'
import { orderModels, type Settings } from '../settings.ts'

const models: Readonly<Record<string, OrderModel>> = {
  customer: 'sale.order',
  vendor: 'purchase.order',
  agreement: 'purchase.requisition',
}

/**
 * What a partner's order becomes, by its role.
 * @param type what the tables name for this order's type, before the role: of the model everything else follows
 */
export function modelFor(
  partner: Partner | undefined,
  settings: Settings,
  find: Findings,
  type: string | undefined = partner?.orderType,
): OrderModel {
  const role = choice(partner, 'role', Object.keys(models), find)
  return orderModels.find((model) => model === type) ?? models[role] ?? settings.orderModel
}

export function confirms(partner: Partner | undefined, model: OrderModel, settings: Settings, find: Findings): boolean {
  const wish = choice(partner, 'confirm', ['yes', 'no'], find)
  return wish === '' ? settings.confirm.includes(model) : wish === 'yes'
}

/** A choice in a partner's row; blank where it says nothing. A value that is none of the allowed ones is a problem. */
export function choice(
  partner: Partner | undefined,
  column: string,
  values: readonly string[],
  find: Findings,
): string {
  const value = partner ? cell(partner.row, column) : ''
  if (value === '' || values.includes(value)) return value
  find.hold(
    'TABLE_VALUE_INVALID',
    `Table partners, row ${partner?.source.row}: ${column} is "${value}"; use one of ${values.join(', ')}, or leave it blank.`,
  )
  return ''
}
