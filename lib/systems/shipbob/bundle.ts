import type { Json } from '../../core/exchange.ts'
import { type Fields, isFields } from './parse/reading.ts'

/**
 * What one document is made of: `raw`, as stored and as `preview` takes it. Records are as ShipBob sent them, but for
 * what is no business of ours: who receives an order, and an order's other shipments.
 */
export type Bundle =
  | { order?: Fields; shipment: Fields }
  /** Boxes as of GET /receiving/{id}/boxes; absent where they were not read, since nothing is stowed. */
  | { receiving: Fields; boxes?: Json[] }
  | { unidentified: Fields }
  | { return: Fields }
  | { invoice: Fields; transactions: Json[] }

export const documentTypes = {
  shipment: 'shipment',
  receiving: 'receiving-progress',
  unidentified: 'unidentified-receipt',
  return: 'customer-return',
  invoice: 'service-invoice',
} as const

/** The record that makes the document. */
export type Primary = keyof typeof documentTypes

/** Which record a document of a type is made from. */
export const primaryOf = (type: string): Primary | undefined =>
  (Object.keys(documentTypes) as Primary[]).find((name) => documentTypes[name] === type)

/** A part of anything that should be a bundle. */
export function partOf(raw: Json, name: string): Fields | undefined {
  const found = isFields(raw) ? raw[name] : undefined
  return isFields(found) ? found : undefined
}

const without = (fields: Fields, ...names: string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

/** One bundle for each shipment of an order. */
export const shipmentBundles = (order: Fields): Bundle[] =>
  (Array.isArray(order.shipments) ? order.shipments : []).filter(isFields).map((shipment) => ({
    order: without(order, 'shipments', 'recipient'),
    shipment: without(shipment, 'recipient'),
  }))

/** A shipment that was read without its order (GET /shipment/{id}): it says no channel. */
export const loneShipment = (shipment: Fields): Bundle => ({ shipment: without(shipment, 'recipient') })

/** Transactions in the order of their ids, whatever order the pages had. */
export const invoiceBundle = (invoice: Fields, transactions: readonly Json[]): Bundle => ({
  invoice,
  transactions: [...transactions].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)),
})

const idOf = (transaction: Json): string => (isFields(transaction) ? String(transaction.transaction_id ?? '') : '')

/** The bundle as JSON: what is stored and what `preview` shows. */
export const asJson = (bundle: Bundle): Json => bundle as { [name: string]: Json }
