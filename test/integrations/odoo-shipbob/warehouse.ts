import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from '../../../lib/systems/shipbob/parse.ts'
import { documentsOf } from '../../../lib/systems/shipbob/preview.ts'
import type { createDesk, Raw } from './desk.ts'

/** The body of a recorded answer of ShipBob, edited. */
export function recorded(name: string, edit: (body: Raw) => void = () => undefined): Raw {
  const { response } = JSON.parse(readFileSync(resolve('test/fixtures/shipbob/rest', `${name}.json`), 'utf8'))
  edit(response.body)
  return response.body
}

/** The documents of records, by their keys, as the desk takes them. */
export function documents(type: string, file: unknown): { document: Raw; key: string; number: string }[] {
  return documentsOf([type], file).map(({ raw, key, number }) => {
    const read = parse(type, raw)
    if (!('document' in read)) throw new Error(JSON.stringify(read.problems))
    return { document: read.document, key, number }
  })
}

/** A shipment of the recorded order in some state of its life. */
export function shipmentOf(id: number, edit: (shipment: Raw, order: Raw) => void = () => undefined) {
  const order = recorded('order.get.split', (body) => {
    edit(
      body.shipments.find((one: Raw) => one.id === id),
      body,
    )
  })
  const found = documents('shipment', order).find(({ key }) => key === String(id))
  if (!found) throw new Error(`no shipment ${id}`)
  return found
}

/** A recorded receiving order with its boxes. */
export const receivingOf = (name: string, boxes: string | undefined, edit: (body: Raw) => void = () => undefined) => {
  const receiving = recorded(name, edit)
  const [one] = documents('receiving-progress', {
    receiving,
    ...(boxes === undefined ? {} : { boxes: recorded(boxes) }),
  })
  if (!one) throw new Error('no receiving order')
  return one
}

type Desk = ReturnType<typeof createDesk>

export const take = (desk: Desk, { document, key, number }: { document: Raw; key: string; number: string }) =>
  desk.run(document, { key, number })

/** "write operation, operation", or the outcome with its problem codes. */
export const toldBy = (result: ReturnType<Desk['run']>): string =>
  result.outcome === 'write'
    ? ['write', ...result.writes.map(({ operation }) => operation)].join(' ')
    : [result.outcome, ...result.problems.map(({ code }) => code)].join(' ')

export const writesOf = (result: ReturnType<Desk['run']>): Raw[] => (result.outcome === 'write' ? result.writes : [])
