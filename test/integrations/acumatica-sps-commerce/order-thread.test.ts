import {
  change,
  createDesk,
  fixture,
  order,
  plain,
  type Raw,
  shipment,
  tablesOf,
  told,
  withPartner,
} from './order-world.ts'

const again = (TsetPurposeCode: string | undefined, edit: (o: Raw) => void = () => undefined) =>
  order((o) => {
    o.Header.OrderHeader.TsetPurposeCode = TsetPurposeCode
    edit(o)
  })
const more = (o: Raw) => {
  o.LineItem[0].OrderLine.OrderQty = 36
}
const quantities = (record: Raw) => plain(record).Details.map((d: Raw) => d.OrderQty)

describe('an order that comes again (sps-commerce.md §9)', () => {
  test('with the same content is a duplicate, whatever the envelope says', async () => {
    const outcomes = await createDesk().receive(
      order(),
      order(),
      order((o) => {
        o.Meta.DocumentControlNumber = '000099999'
      }),
      again('07'),
      again('07', more),
    )
    expect(told(outcomes)).toEqual(['write', ...Array(4).fill('skipped DUPLICATE')])
  })

  test('with other content waits for a person', async () => {
    expect(told(await createDesk().receive(order(), again('00', more), again(undefined, more)))).toEqual([
      'write',
      'held ORDER_DIFFERS',
      'held ORDER_DIFFERS',
    ])
  })

  test('with other content replaces it where the retailer revises so', async () => {
    const desk = createDesk({ tables: withPartner({ revisesByOriginal: 'yes' }) })
    const [, second, third] = await desk.receive(order(), again('00', more), again('00', more))
    expect(second?.writes[0]).toMatchObject({ operation: 'replace-order', reference: 'SPS:3F1HARBORPINE:4500187734' })
    expect(quantities(second?.record)).toEqual([36, 12, 2])
    expect(told(third ? [third] : [])).toEqual(['skipped DUPLICATE'])
  })

  test('back at an earlier content, from a retailer that sends new versions, waits for a person: it may only be late', async () => {
    const desk = createDesk({ tables: withPartner({ revisesByOriginal: 'yes' }) })
    const evenMore = (o: Raw) => {
      o.LineItem[0].OrderLine.OrderQty = 48
    }
    expect(told(await desk.receive(order(), again('00', more), order()))).toEqual([
      'write',
      'write',
      'held ORDER_DIFFERS',
    ])
    const outcomes = await createDesk().receive(order(), again('05', more), again('05', evenMore), again('05', more))
    expect(told(outcomes)).toEqual(['write', 'write', 'write', 'held ORDER_DIFFERS'])
  })

  test('as a replacement replaces; as a cancellation cancels; each only what is known', async () => {
    const [, replaced, cancelled, twice, late] = await createDesk().receive(
      order(),
      again('05', more),
      again('01'),
      again('01', more),
      again('05', (o) => {
        o.LineItem[0].OrderLine.OrderQty = 48
      }),
    )
    expect(replaced?.writes.map((w) => w.operation)).toEqual(['replace-order', 'send-acknowledgement'])
    expect(quantities(replaced?.record)).toEqual([36, 12, 2])
    expect(cancelled?.writes).toEqual([
      {
        connection: 'acumatica',
        operation: 'cancel-order',
        reference: 'SPS:3F1HARBORPINE:4500187734',
        record: {
          OrderType: { value: 'SO' },
          CustomerID: { value: 'HARBORPINE' },
          ExternalRef: { value: 'SPS:3F1HARBORPINE:4500187734' },
        },
      },
    ])
    expect(told([twice, late].flatMap((o) => o ?? []))).toEqual(['skipped ALREADY_CANCELLED', 'held ORDER_CANCELLED'])
    expect(told(await createDesk().receive(again('05')))).toEqual(['held ORDER_UNKNOWN'])
    expect(told(await createDesk().receive(again('01')))).toEqual(['held ORDER_UNKNOWN'])
  })

  test('as a confirmation is no order, known or not', async () => {
    expect(told(await createDesk().receive(again('06')))).toEqual(['skipped CONFIRMATION'])
    expect(told(await createDesk().receive(order(), again('06')))).toEqual(['write', 'skipped CONFIRMATION'])
  })

  test('as a repeat of an order that never came is looked at by a person', async () => {
    expect(told(await createDesk().receive(again('07')))).toEqual(['held ORDER_UNKNOWN'])
  })

  test('under another release or from another partner is another order', async () => {
    const release = (ReleaseNumber: string) =>
      order((o) => {
        o.Header.OrderHeader.ReleaseNumber = ReleaseNumber
      })
    const other = order((o) => {
      o.Header.OrderHeader.TradingPartnerId = '3F1TIDEWATER'
      o.Header.OrderHeader.Vendor = '900311'
      o.Header.Address[1].AddressLocationNumber = 'TW-FC2'
      for (const [i, part] of ['TW-100412', 'TW-100413', 'TW-100588'].entries())
        o.LineItem[i].OrderLine.BuyerPartNumber = part
    })
    const outcomes = await createDesk().receive(order(), release('1'), release('2'), other)
    expect(outcomes.map((o) => plain(o.record)?.ExternalRef)).toEqual([
      'SPS:3F1HARBORPINE:4500187734',
      'SPS:3F1HARBORPINE:4500187734:1',
      'SPS:3F1HARBORPINE:4500187734:2',
      'SPS:3F1TIDEWATER:4500187734',
    ])
  })

  test('a cancelled order of several stores is cancelled in every store', async () => {
    const stores: Raw = fixture('sps-commerce/order-850-multistore.json')
    const cancel = structuredClone(stores)
    cancel.Header.OrderHeader.TsetPurposeCode = '01'
    const [, cancelled] = await createDesk().receive(stores, cancel)
    expect(cancelled?.writes.map((w) => [w.operation, w.reference])).toEqual([
      ['cancel-order', 'SPS:3F1HARBORPINE:4500187801#0012'],
      ['cancel-order', 'SPS:3F1HARBORPINE:4500187801#0031'],
      ['cancel-order', 'SPS:3F1HARBORPINE:4500187801#0107'],
    ])
  })

  test('a cancellation takes back an order whose items nobody knows any more', async () => {
    const [, cancelled] = await createDesk().receive(
      order(),
      again('01', (o) => {
        o.LineItem = []
        o.Header.Address = []
      }),
    )
    expect(cancelled?.writes.map((w) => w.operation)).toEqual(['cancel-order'])
  })
})

describe('after shipping has begun', () => {
  test('a replacement, a cancellation and a change wait for a person', async () => {
    for (const late of [again('05', more), again('01'), change()]) {
      const desk = createDesk()
      await desk.receive(order())
      desk.at('2026-10-21T20:40:00Z')
      expect(told(await desk.ship(shipment()))).toEqual(['write'])
      expect(told(await desk.receive(late))).toEqual(['held SHIPPING_BEGUN'])
    }
  })

  test('the same order again is still only a duplicate', async () => {
    const desk = createDesk()
    await desk.receive(order())
    desk.at('2026-10-21T20:40:00Z')
    await desk.ship(shipment())
    expect(told(await desk.receive(order()))).toEqual(['skipped DUPLICATE'])
  })

  test('a held shipment has not begun anything', async () => {
    const desk = createDesk()
    await desk.receive(order())
    desk.at('2026-10-21T20:40:00Z')
    const wrong = shipment((b) => {
      b.shipments[0].Packages[0].CustomRefNbr1.value = '006141410003187704'
    })
    expect(told(await desk.ship(wrong))).toEqual(['held SSCC_INVALID'])
    desk.at('2026-10-21T20:50:00Z')
    expect(told(await desk.receive(again('01')))).toEqual(['write'])
  })
})

describe('an order that is held', () => {
  const unmapped = () => tablesOf(({ locations = [] }) => ({ locations: locations.filter((l) => l.code !== '0417') }))

  test('keeps its changes waiting; once it is written they follow', async () => {
    const desk = createDesk({ tables: unmapped() })
    const [held, waits] = await desk.receive(order(), change())
    expect(told([held, waits].flatMap((o) => o ?? []))).toEqual(['held LOCATION_UNKNOWN', 'held ORDER_WAITS'])
    const first = held && (await desk.redrive(held, tablesOf()))
    const then = waits && (await desk.redrive(waits))
    expect(first?.writes[0]?.operation).toBe('create-order')
    expect(then?.writes[0]?.operation).toBe('change-order')
  })

  test('and cancelled before anybody mended it needs that person: nothing was written that could be cancelled', async () => {
    const desk = createDesk({ tables: unmapped() })
    expect(told(await desk.receive(order(), again('01')))).toEqual(['held LOCATION_UNKNOWN', 'held ORDER_WAITS'])
  })
})
