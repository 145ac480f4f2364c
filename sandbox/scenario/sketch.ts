/** One line of an order in a few words; everything else comes from the catalogue and the retailer. */
export interface LineSketch {
  item: string
  qty: number
  unit: 'EA' | 'CA' | 'DZ' | 'PK'
  /** Per unit, in the order's currency; the catalogue's where absent. */
  price?: string
  /** PE = the price is for one each although the line is in cases. */
  basis?: 'PE'
  /** The buyer's line number; counted from 1 where absent. */
  line?: string
  /** Store → quantity, in the line's unit. */
  split?: Record<string, number>
  /** Amount off this line. */
  allowance?: string
  note?: string
  /** 860: what happens to the line, and what it was. */
  change?: 'AI' | 'DI' | 'QI' | 'QD' | 'PC'
  previous?: number
  /** Item numbers in place of the retailer's own (an article nobody knows). */
  numbers?: { BuyerPartNumber: string; VendorPartNumber?: string; ConsumerPackageCode?: string }
}

export interface Consumer {
  name: string
  street: string
  street2?: string
  city: string
  state: string
  postalCode: string
  phone: string
}

type Model = 'Bulk-Import' | 'CrossDock' | 'MultiStore' | 'DropShip'

/** A retailer's document in a few words. */
export interface OrderSketch {
  number: string
  /** The step of the morning in which it arrives. */
  wave: number
  lines: LineSketch[]
  model?: Model
  /** Code of the ship-to place, or a consumer; nobody on a multi-store order. */
  to?: string | Consumer
  /** TsetPurposeCode: 00 original, 01 cancel, 05 replace. */
  purpose?: '00' | '01' | '05'
  /** Set on an 860: its sequence number. */
  change?: string
  release?: string
  /** Days from today until it may not ship any more. */
  cancelIn?: number
  /** Percent off invoice, and a handling charge in money. */
  discountPercent?: number
  handling?: string
  note?: string
  consumerOrder?: string
  /** Says another total than the lines add up to. */
  saysTotal?: string
  /** Comes under this TradingPartnerId in place of the retailer's. */
  partner?: string
  /** What becomes of it where it is not simply delivered. */
  expect?: Fate
}

/** What should become of a document that is not delivered, and the problem code that says why. */
export interface Fate {
  outcome: 'held' | 'skipped'
  code: string
}

export const eaches = (item: string, qty: number, more: Partial<LineSketch> = {}): LineSketch => ({
  item,
  qty,
  unit: 'EA',
  ...more,
})
export const cases = (item: string, qty: number, more: Partial<LineSketch> = {}): LineSketch => ({
  item,
  qty,
  unit: 'CA',
  ...more,
})
