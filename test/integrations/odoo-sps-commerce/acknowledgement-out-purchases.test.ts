import { createDesk, type Raw, records } from './desk.ts'
import { answers } from './live.ts'
import { tablesOf } from './tables.ts'

describe.each(['18', '19'])('an 850 that became a purchase order or an agreement of Odoo %s', (version) => {
  const tables = tablesOf((rows) => ({
    partners: [...(rows.partners ?? []), { tradingPartner: '3F1HARBORPINE', customer: 'PINEMILL', role: 'vendor' }],
  }))

  test('is accepted for the quantities and prices of the purchase order', async () => {
    const { record, outcome } = await createDesk({ tables }).received(records(`received-purchase-order-${version}`))
    expect([outcome, record.Header.OrderHeader.PurchaseOrderNumber]).toEqual(['write', '77001'])
    expect(answers(record)).toEqual({ '1': [['IA', 12, 'EA']], '2': [['IA', 6, 'EA']] })
  })

  test('is accepted for the quantities of the agreement', async () => {
    const { record, outcome } = await createDesk({ tables }).received(agreement(version))
    expect([outcome, record?.Header.OrderHeader.PurchaseOrderNumber]).toEqual(['write', '77002'])
    expect(answers(record)).toEqual({ '10': [['IA', 100, 'EA']] })
  })
})

/** Our reference stands in the one field that an agreement has for it. */
const agreement = (version: string): Raw =>
  records(`received-agreement-${version}`, (b) => {
    b['purchase.requisition'][0].reference = 'SPS:3F1HARBORPINE:77002'
  })
