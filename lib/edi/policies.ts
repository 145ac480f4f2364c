import type { Findings } from '../core/findings.ts'
import { cell } from '../core/table-index.ts'
import type { Row } from '../core/tables.ts'

/** A choice in a partner's row. A blank cell means `default`. */
interface Policy<V extends string = string> {
  values: readonly V[]
  default: V
  description: string
}

const choice = <const V extends string>(values: readonly V[], preset: NoInfer<V>, description: string): Policy<V> => ({
  values,
  default: preset,
  description: `${description} Blank = ${preset}.`,
})

/**
 * What may differ from one trading partner to the next. Each is a column of partners.csv, so that a new retailer is
 * a row and never a deployment (sps-commerce.md §9, §10; acumatica.md §8, §9).
 */
export const policies = {
  acknowledge: choice(['yes', 'no'], 'yes', 'Send an 855 once the ERP has taken an order.'),
  revisesByOriginal: choice(
    ['yes', 'no'],
    'no',
    'yes: an 850 sent again with other content replaces the order; no: it is held.',
  ),
  pricePolicy: choice(
    ['order', 'check', 'erp'],
    'order',
    "order: the order's price stands, a difference to the items table is a warning; check: a difference beyond priceTolerance holds the order; erp: the ERP prices the lines.",
  ),
  charges: choice(
    ['record', 'note', 'apply'],
    'record',
    'Charges and allowances of an order. record: kept in the audit trail with a warning; note: also listed in the note of the ERP order; apply: line allowances become line discounts and freight the freight price, the rest as note.',
  ),
  multiStore: choice(
    ['auto', 'keep', 'split'],
    'auto',
    'An order split over stores. keep: one ERP order with the split in its note; split: one ERP order per store, each to its store, or to the ship-to of the order where it has one (cross-dock); auto: split only where the order has no ship-to of its own.',
  ),
  unmappedShipTo: choice(
    ['hold', 'address'],
    'hold',
    'A ship-to that the locations table does not know. address: the address of the order overrides that of the customer. Drop-ship orders always take the address.',
  ),
  pastCancelDate: choice(['hold', 'warn'], 'hold', 'An order that arrives after its cancel-after date.'),
  carrierMissing: choice(
    ['omit', 'hold'],
    'omit',
    'A carrier that the carriers table does not know, in either direction.',
  ),
  asnStructure: choice(['0001', '0004'], '0001', '0001: shipment, order, pack, item; 0004: no packs.'),
  packContentsMissing: choice(
    ['hold', 'items'],
    'hold',
    'A shipment of several packages without recorded contents. items: the partner accepts structure 0004, items under the order.',
  ),
  sscc: choice(
    ['required', 'optional'],
    'required',
    'Whether every carton must have an SSCC. A wrong one always holds.',
  ),
  mixedCartons: choice(
    ['repeat', 'hold'],
    'repeat',
    'A carton with goods of two orders. repeat: it is listed under each order; hold: a person decides.',
  ),
  trackingAs: choice(
    ['auto', 'package', 'pro'],
    'auto',
    'Where tracking numbers go. package: at each carton; pro: as the PRO number of the load; auto: as the mode of the carrier says.',
  ),
  shipNoticeBy: choice(
    ['none', 'ship', 'delivery', 'cancel'],
    'none',
    'By the end of which date of an order its 856 must be out, or somebody is told: its ship date, its delivery date, its cancel-after date.',
  ),
  acceptsCredits: choice(['yes', 'no'], 'no', 'Send credit memos as an 810 with type CR.'),
  invoiceAfterShipNotice: choice(['yes', 'no'], 'no', 'Hold an 810 until the 856 of its shipments was accepted.'),
} as const satisfies Record<string, Policy>

export type PolicyName = keyof typeof policies
export type Policies = { [N in PolicyName]: (typeof policies)[N]['values'][number] }

/** A partner row's choices; a value that is none of the allowed ones is a problem that names the cell. */
export function readPolicies(row: Row, rowName: string, find: Findings): Policies {
  const read = Object.entries(policies).map(([name, policy]: [string, Policy]) => {
    const value = cell(row, name)
    if (value === '' || policy.values.includes(value)) return [name, value || policy.default]
    find.hold(
      'TABLE_VALUE_INVALID',
      `Table partners, row ${rowName}: ${name} is "${value}"; use one of ${policy.values.join(', ')}, or leave it blank.`,
    )
    return [name, policy.default]
  })
  return Object.fromEntries(read) as Policies
}
