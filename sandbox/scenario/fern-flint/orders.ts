import type { Retailer } from '../retailer.ts'
import { cases, eaches, type OrderSketch } from '../sketch.ts'
import { alderMarket, kornblume } from './partners.ts'

const alder: OrderSketch[] = [
  { number: 'AM-9001', wave: 0, to: '0201', lines: [eaches('FF-GLS-08', 48), cases('FF-CAN-03', 2)] },
  { number: 'AM-9002', wave: 0, to: '0305', lines: [eaches('FF-GLS-12', 24), eaches('FF-TRY-RD', 6)] },
  {
    number: 'AM-9002',
    wave: 1,
    change: '1',
    lines: [{ ...eaches('FF-TRY-RD', 9), line: '002', change: 'QI', previous: 6 }],
  },
  { number: 'AM-9003', wave: 1, to: '0201', lines: [{ item: 'FF-GLS-08', qty: 12, unit: 'DZ' }] },
  // Nobody has ever heard of this article.
  {
    number: 'AM-9004',
    wave: 1,
    to: '0201',
    lines: [
      eaches('FF-GLS-08', 12),
      {
        item: '(new)',
        qty: 6,
        unit: 'EA',
        price: '7.5',
        numbers: { BuyerPartNumber: 'AM-39999', VendorPartNumber: 'FF-VAS-01', ConsumerPackageCode: '860003117996' },
      },
    ],
    expect: { outcome: 'held', code: 'ODOO_PRODUCT_NOT_FOUND' },
  },
  // The agreed price of a tray is 18.50.
  {
    number: 'AM-9005',
    wave: 2,
    to: '0201',
    lines: [{ ...eaches('FF-TRY-RD', 12), price: '15.9' }],
    expect: { outcome: 'held', code: 'PRICE_DIFFERS' },
  },
  { number: 'AM-9006', wave: 2, to: '0201', lines: [eaches('FF-GLS-12', 36)] },
  { number: 'AM-9006', wave: 4, purpose: '01', to: '0201', lines: [eaches('FF-GLS-12', 36)] },
]
const korn: OrderSketch[] = [
  { number: 'KB-60411', wave: 0, to: 'K7', lines: [eaches('FF-CAN-06', 30), eaches('FF-TRY-RD', 4)] },
  { number: 'KB-60418', wave: 2, to: 'K7', lines: [eaches('FF-TRY-RD', 10)], note: 'Deliver to dock 2' },
]

/** Orders of retailers in the order in which they arrive. */
export const orders: readonly { retailer: Retailer; sketch: OrderSketch }[] = [
  ...alder.map((sketch) => ({ retailer: alderMarket, sketch })),
  ...korn.map((sketch) => ({ retailer: kornblume, sketch })),
]
