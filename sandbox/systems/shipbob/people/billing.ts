import type { Invoice, Transaction } from '../model.ts'
import { transactionBody } from '../render/billing.ts'
import { day } from '../wire/time.ts'
import type { Topic } from '../wire/version.ts'
import type { World } from '../world.ts'

/** What a fee is for: a shipment, a return, a receiving order, a place on a shelf. */
export interface Billed {
  fee: string
  /** In the account's currency; negative for credits and refunds. */
  amount: number
  currency?: string
  referenceType?: string
  referenceId?: string | number
  centre?: number
  /** YYYY-MM-DD; today where absent. */
  date?: string
  taxes?: Transaction['taxes']
  details?: Record<string, string>
}

const topics: Partial<Record<Transaction['transaction_type'], Topic>> = {
  Charge: 'billing.charge.created',
  Refund: 'billing.refund.created',
  Credit: 'billing.credit.created',
}

/** A new transaction, on no invoice yet. */
export function bill(world: World, type: Transaction['transaction_type'], given: Billed): Transaction {
  const made = world.transactions.put({
    transaction_id: ulid(world.store.next('transaction')),
    amount: given.amount,
    currency_code: given.currency ?? 'USD',
    charge_date: given.date ?? day(world.clock.now()),
    transaction_fee: given.fee,
    transaction_type: type,
    reference_id: String(given.referenceId ?? ''),
    reference_type: given.referenceType ?? 'Default',
    fulfillment_center: world.centre(given.centre ?? 10)?.name ?? null,
    invoice: null,
    taxes: given.taxes ?? [],
    additional_details: given.details ?? null,
  })
  const topic = topics[type]
  if (topic) world.tell(topic, transactionBody(world, made))
  return made
}

/** A row of storage has no document: its reference is the place (shipbob.md §4.7). */
export const billStorage = (
  world: World,
  given: { centre: number; inventory: number; place: string; amount: number; date?: string },
): Transaction =>
  bill(world, 'Charge', {
    fee: 'Warehousing Fee',
    amount: given.amount,
    referenceType: 'FC',
    referenceId: `${given.centre}-${given.inventory}-${given.place}`,
    centre: given.centre,
    ...(given.date === undefined ? {} : { date: given.date }),
    details: { InventoryId: '', LocationType: '', Comment: `1 ${given.place}(s)` },
  })

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 26 characters, in the order of the numbers. */
function ulid(serial: number): string {
  let text = ''
  for (let left = serial; text.length < 8; left = Math.floor(left / 32)) text = `${digits[left % 32]}${text}`
  return `01K5A1B2C3D4E5F6G7${text}`
}

/** Which invoice a fee comes on. */
function invoiceType({ transaction_type, transaction_fee }: Transaction): string {
  if (transaction_type === 'Credit') return 'Credits'
  if (transaction_type === 'BalanceAdjustment') return 'BalanceAdjustment'
  if (/^shipping$/i.test(transaction_fee)) return 'Shipping'
  if (/wro|inbound|receiving/i.test(transaction_fee)) return 'Inbound Fee'
  if (/warehousing|storage/i.test(transaction_fee)) return 'WarehouseStorage'
  return /return/i.test(transaction_fee) ? 'Return' : 'AdditionalFee'
}

const cents = (amount: number): number => Math.round(amount * 100) / 100

const balance = (world: World): number => world.invoices.all().at(-1)?.running_balance ?? 0

function addInvoice(world: World, type: string, amount: number, currency: string, date: string): Invoice {
  return world.invoices.put({
    invoice_id: world.next('invoice'),
    invoice_date: date,
    invoice_type: type,
    amount: cents(amount),
    currency_code: currency,
    running_balance: cents(balance(world) + amount),
  })
}

/** The weekly close: everything that is on no invoice comes on one, by type and currency. */
export function closeWeek(world: World, date = day(world.clock.now())): Invoice[] {
  const open = world.transactions.all().filter(({ invoice }) => invoice === null)
  const groups = Map.groupBy(open, (one) => `${invoiceType(one)}\n${one.currency_code}`)
  return [...groups.values()].flatMap((some) => {
    const [first] = some
    if (!first) return []
    const total = some.reduce((sum, { amount }) => sum + amount, 0)
    const made = addInvoice(world, invoiceType(first), total, first.currency_code, date)
    for (const one of some) world.transactions.put({ ...one, invoice: made.invoice_id })
    return [made]
  })
}

/** What is owed is taken from the card: listed as a negative invoice. */
export function pay(world: World, date = day(world.clock.now())): Invoice {
  const owed = balance(world)
  const made = addInvoice(world, 'Payment', -owed, 'USD', date)
  const paid = bill(world, 'Payment', { fee: 'Payment', amount: -owed, date })
  world.transactions.put({ ...paid, invoice: made.invoice_id })
  return made
}
