import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Value } from '../../../sandbox/systems/odoo/orm/model.ts'
import { decodeCall } from '../../../sandbox/systems/odoo/wire/xml.ts'

export type Version = 18 | 19

/** One request to a live Odoo and what it answered. */
export interface Recording {
  name: string
  request: { method: string; path: string; headers: Record<string, string>; body: string }
  response: { status: number; headers: Record<string, string>; body: string }
}

/** One call of a recorded business sequence. */
export interface Step {
  note?: string
  call: string
  args: Value[]
  kwargs?: { [name: string]: Value }
  result?: Value
  fault?: { faultCode: number; faultString: string }
}

export const recorded = <T>(version: Version, name: string): T[] => {
  const path = fileURLToPath(new URL(`../../fixtures/odoo/recordings/v${version}/${name}.json`, import.meta.url))
  return JSON.parse(readFileSync(path, 'utf8')) as T[]
}

/** The body as a value: XML-RPC results and faults too, HTML as its text. */
export function contentOf(contentType: string, body: string): Value {
  if (contentType.startsWith('application/json')) return JSON.parse(body) as Value
  if (!contentType.startsWith('text/xml')) return body.trim()
  // A fault is marked as one, so that it cannot pass for a result.
  const { params } = decodeCall(body.replaceAll('<fault>', '<param>'))
  return body.includes('<fault>') ? { fault: params[0] ?? null } : (params[0] ?? null)
}

/** Texts that say what went wrong are kept to the letter, numbers in them aside; of other values only their kind. */
export function shapeOf(value: Value, key = ''): Value {
  if (typeof value === 'string') return texts.has(key) ? textOf(value) : typeof value
  if (typeof value === 'number') return codes.has(key) ? value : 'number'
  if (value === null || typeof value === 'boolean') return value
  if (Array.isArray(value)) {
    if (key === 'arguments') return value.map((item) => shapeOf(item, 'message'))
    // Rows are alike: one tells of all. A pair is a pair.
    const [first] = value
    if (value.every((item) => typeof item === 'number')) return ['numbers']
    return typeof first === 'object' && first !== null && !Array.isArray(first)
      ? [shapeOf(first)]
      : value.map((item) => shapeOf(item))
  }
  const shown: { [name: string]: Value } = {}
  // In an error the name says which; elsewhere it is somebody's.
  const isError = 'message' in value && 'name' in value
  for (const name of Object.keys(value).sort())
    if (!presentation.has(name))
      shown[name] = shapeOf(value[name] ?? null, isError && name === 'name' ? 'message' : name)
  return shown
}

const texts = new Set(['faultString', 'message', 'field', 'server_version'])
/** How an answer would be shown to people. */
const presentation = new Set(['debug', '...', 'views', 'view_id', 'help'])
const codes = new Set(['faultCode', 'code', 'nextrow', 'record'])

/** Of a traceback the last line. */
function textOf(text: string): string {
  const last = text.startsWith('Traceback') ? (text.trim().split('\n').at(-1) ?? '') : text.trim()
  return last.replace(/\d+/g, '#')
}
