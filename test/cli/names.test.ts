import { documentName, writeName } from '../../cli/show/names.ts'
import { integrations } from '../../lib/config/register.ts'
import { webhookDelivery } from '../../lib/pipeline/webhook-delivery.ts'
import type { OdooOperation } from '../../lib/systems/odoo/records.ts'
import type { ShipBobOperation } from '../../lib/systems/shipbob/records.ts'
import type { SpsOperation } from '../../lib/systems/sps-commerce/records.ts'

/** Every operation there is: the compiler says where one is missing. */
const operations: Record<OdooOperation | ShipBobOperation | SpsOperation, true> = {
  'annotate-delivery': true,
  'annotate-order': true,
  'book-delivery': true,
  'book-receipt': true,
  'book-return': true,
  'cancel-bill': true,
  'cancel-order': true,
  'cancel-receiving-order': true,
  'change-order': true,
  'change-receiving-order': true,
  'create-bill': true,
  'create-order': true,
  'create-receiving-order': true,
  'mark-received': true,
  'receive-goods': true,
  'replace-order': true,
  'send-acknowledgement': true,
  'send-inventory': true,
  'send-invoice': true,
  'send-purchase-order': true,
  'send-purchase-order-change': true,
  'send-ship-notice': true,
  'update-product': true,
  'upsert-product': true,
}

const types = Object.values(integrations).flatMap(({ flows }) => flows.flatMap((flow) => flow.types))

test.each([...new Set([...types, webhookDelivery])])('people have a name for a %s', (type) => {
  expect(documentName(type)).not.toContain('-')
})

test.each(Object.keys(operations))('people have a name for what %s makes', (operation) => {
  expect(writeName(operation)).not.toContain('-')
})
