import type { Rec } from '../orm/model.ts'

/** The contact to use for a purpose, as address_get finds it (odoo.md §7): a child of that type, else the contact itself. */
export function addressFor(partner: Rec, type: 'invoice' | 'delivery'): Rec {
  if (partner.str('type') === type) return partner
  const own = partner.many('child_ids').find((child) => child.str('type') === type)
  if (own) return own
  const parent = partner.bool('is_company') ? undefined : partner.one('parent_id')
  return parent?.many('child_ids').find((child) => child.str('type') === type) ?? partner
}
