import { createHash, createHmac } from 'node:crypto'

/** Standard Webhooks (shipbob.md §6.2): id, time and body joined by full stops. */
export function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** "msg_" and 27 characters, drawn from a name: the same in every run. */
export function messageId(name: string): string {
  const text = createHash('sha256').update(name).digest('base64').replace(/[+/=]/g, 'x')
  return `msg_${text.slice(0, 27)}`
}

/** A secret as ShipBob makes them: 24 bytes, drawn from a name. */
export const secretFrom = (name: string): string =>
  `whsec_${createHash('sha256').update(name).digest().subarray(0, 24).toString('base64')}`
