/** What the simulated account holds. Times are epoch milliseconds; rendering is in render/. */

export type * from './model/billing.ts'
export type * from './model/order.ts'
export type * from './model/place.ts'
export type * from './model/product.ts'
export type * from './model/receiving.ts'
export type * from './model/return.ts'
export type * from './model/stock.ts'
export type * from './model/webhook.ts'
