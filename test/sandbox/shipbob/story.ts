import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import { type SandboxShipBob, type ShipBobOptions, start } from '../../../sandbox/systems/shipbob/index.ts'

const open: SandboxShipBob[] = []
export const closeAll = async (): Promise<void> => {
  await Promise.all(open.splice(0).map((one) => one.close()))
}

export async function startShipBob(options: ShipBobOptions = {}): Promise<SandboxShipBob> {
  const sandbox = await start({
    clock: createSandboxClock(undefined, Date.parse('2026-09-01T07:10:43Z')),
    limit: { perMinute: 10_000 },
    ...options,
  })
  open.push(sandbox)
  return sandbox
}

/** Moves the sandbox's clock to a moment. */
export const at = ({ clock }: SandboxShipBob, time: string): void => clock.advance(Date.parse(time) - clock.now())

/** The account's products as they were recorded: coffee by lots, mugs, shirts, and a gift box of the first two. */
export function addProducts({ people }: SandboxShipBob): void {
  people.addProduct({ sku: 'COF-LR-340', name: 'Light Roast Coffee 340 g', barcodes: ['0850012345017'], lots: true })
  people.addProduct({ sku: 'MUG-BLU-01', name: 'Ceramic Mug, Blue', barcodes: ['0850012345024'] })
  people.addProduct({ sku: 'TEE-ETE-M', name: 'T-Shirt "Été" – Größe M', barcodes: ['0850012345031'] })
  people.addProduct({ sku: 'BND-GIFT-01', name: 'Mug Gift Box', components: { 'COF-LR-340': 1, 'MUG-BLU-01': 2 } })
}

/** Numbers of the recorded account, in the order in which the simulated one gives its own. */
const renumbered: Readonly<Record<string, string>> = {
  '21705372': '21705366',
  '21705388': '21705367',
  '31870040': '31870024',
  '41220030': '41220014',
  '918402': '918363',
}

/** A file of rest/ with the simulated account's numbers. */
export const recording = (file: string): ReturnType<typeof JSON.parse> =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../fixtures/shipbob/rest', file), 'utf8').replace(
      /\b(21705372|21705388|31870040|41220030|918402)\b/g,
      (number) => renumbered[number] ?? number,
    ),
  )

export interface Recorded {
  method: string
  path: string
  query?: Record<string, string | number | boolean | null>
  headers?: Record<string, string>
  body?: unknown
}

/** Sends a request as it was recorded. */
export async function ask(
  { url, credentials }: SandboxShipBob,
  { method, path, query = {}, headers = {}, body }: Recorded,
  version = '2026-07',
): Promise<{ status: number; headers: Headers; body: ReturnType<typeof JSON.parse> }> {
  const given = Object.entries(query).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]))
  const target = `${url}${path.replace('{version}', version)}${given.length > 0 ? `?${given.join('&')}` : ''}`
  const response = await fetch(target, {
    method,
    headers: { authorization: `Bearer ${credentials.token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : parsed(text) }
}

function parsed(text: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The first receiving order as it was recorded: P00042, two boxes of coffee and mugs. */
export async function createRecorded(sandbox: SandboxShipBob): Promise<number> {
  at(sandbox, '2026-09-03T03:14:23Z')
  const { body } = await ask(sandbox, recording('receiving.create.json').request)
  return body.id
}

const first = { lot: 'LR-2608-A', lotDate: '2027-02-28T00:00:00Z' }
const second = { lot: 'LR-2609-B', lotDate: '2027-04-30T00:00:00Z' }

/** It comes in: the first box's coffee at once, all but eight mugs the day after. */
export function receiveInPart(sandbox: SandboxShipBob, id: number): void {
  at(sandbox, '2026-09-10T15:20:00Z')
  sandbox.people.arrive(id, [1])
  at(sandbox, '2026-09-11T09:05:00Z')
  sandbox.people.stow(id, [{ sku: 'COF-LR-340', quantity: 100, box: 1, ...first }])
}
export function receiveShort(sandbox: SandboxShipBob, id: number): void {
  receiveInPart(sandbox, id)
  sandbox.people.arrive(id)
  at(sandbox, '2026-09-12T18:40:00Z')
  sandbox.people.stow(id, [
    { sku: 'MUG-BLU-01', quantity: 52, box: 1 },
    { sku: 'COF-LR-340', quantity: 100, box: 2, ...second },
    { sku: 'MUG-BLU-01', quantity: 60, box: 2 },
  ])
  sandbox.people.complete(id)
}

/** Order SO-2026-1187 leaves in two parcels from two centres. */
export function shipSplit(sandbox: SandboxShipBob): void {
  at(sandbox, '2026-09-12T10:00:00Z')
  const { people } = sandbox
  people.placeOrder({
    reference: 'SO-2026-1187',
    lines: [
      { sku: 'COF-LR-340', quantity: 2, price: 18 },
      { sku: 'MUG-BLU-01', quantity: 4, price: 12.125 },
    ],
    parcels: [
      { centre: 10, units: { 'COF-LR-340': 2, 'MUG-BLU-01': 1 } },
      { centre: 211, units: { 'MUG-BLU-01': 3 } },
    ],
  })
  at(sandbox, '2026-09-13T18:05:00Z')
  people.label(352_900_411, { tracking: '9261290306529427911297' })
  people.label(352_900_412, { carrier: 'UPS', service: 'Ground', tracking: '1Z5R89390357567127' })
  at(sandbox, '2026-09-14T02:00:00Z')
  people.handOver(352_900_412)
}

/** What was charged until the weekly close, as recorded. */
export function billWeek({ people, clock }: SandboxShipBob, close = true): void {
  const date = '2026-09-13'
  const shipment = { referenceType: 'Shipment', referenceId: 352_900_411, date }
  const parcel = { TrackingId: '9261290306529427911297', Comment: '' }
  people.charge({ fee: 'Shipping', amount: 6.58, ...shipment, details: parcel })
  people.charge({ fee: 'Per Pick Fee', amount: 0.52, ...shipment, details: parcel })
  people.charge({ fee: 'WRO Receiving Fee', amount: 45, referenceType: 'WRO', referenceId: 918_363, date })
  people.chargeStorage({ centre: 10, inventory: 21_705_365, place: 'Shelf', amount: 8, date })
  people.charge({
    fee: 'Return Processing Fee',
    amount: 5.5,
    referenceType: 'Return',
    referenceId: 2_933_435,
    date,
    details: { TrackingId: '1Z999AA10999000111', Comment: 'Return fee' },
  })
  people.credit({
    fee: 'Credit',
    amount: -6.58,
    ...shipment,
    details: { CreditReason: 'Claim for Lost Order', TicketReference: 'TCK-5512' },
  })
  clock.advance(Date.parse('2026-09-21T06:00:00Z') - clock.now())
  if (close) people.closeWeek()
}
