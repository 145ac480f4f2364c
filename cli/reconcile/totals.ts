import { add, type Decimal } from '../../lib/core/decimal.ts'
import type { Write } from '../../lib/core/exchange.ts'
import type { Parse } from '../../lib/core/flow.ts'
import type { DocumentEntry, Ledger, Mapping, Progress } from '../../lib/pipeline/ledger/ledger.ts'
import { parseStep } from '../../lib/pipeline/messages.ts'
import { inParallel } from '../../lib/pipeline/parallel.ts'
import type { StoredDocument } from '../replay/documents.ts'
import { compareFigures, type Difference } from './compare.ts'
import { sourceFigures } from './source.ts'
import { type Done, targetFigures } from './target.ts'

/** Money and goods of a flow's delivered documents, on both sides. */
export interface FlowTotal {
  integration: string
  flow: string
  /** "" where the documents tell of goods only. */
  currency: string
  documents: number
  sourceAmount?: Decimal | undefined
  targetAmount?: Decimal | undefined
  sourceQuantity?: Decimal | undefined
  targetQuantity?: Decimal | undefined
}

export interface NamedDifference
  extends Difference,
    Pick<DocumentEntry, 'documentId' | 'number' | 'integration' | 'flow'> {
  currency: string
  /** The target's own number, where it gave one. */
  targetNumber: string
}

export interface Totals {
  totals: FlowTotal[]
  differences: NamedDifference[]
}

/** Documents read at once. */
const atOnce = 20

/**
 * Holds every delivered order, invoice and receipt of these documents against what came of it at its target. Documents
 * of other kinds, and those whose write moved nothing, are left out.
 * @param systemOf the system of a connection, whose parse reads the raw document again
 */
export async function totalsOf(
  documents: readonly StoredDocument[],
  {
    ledger,
    systemOf,
    parsers,
  }: {
    ledger: Pick<Ledger, 'read' | 'standing'>
    systemOf(connection: string): string | undefined
    parsers: Readonly<Record<string, Parse>>
  },
): Promise<Totals> {
  const totals = new Map<string, FlowTotal>()
  const differences: NamedDifference[] = []
  const delivered = documents.filter(({ progress }) => progress?.state === 'delivered')
  for (let at = 0; at < delivered.length; at += atOnce) {
    const some = delivered.slice(at, at + atOnce)
    const found = await inParallel(atOnce, some, async ({ entry }) => {
      const parse = parsers[systemOf(entry.connection) ?? '']
      const [stored, standing] = await Promise.all([ledger.read(entry), ledger.standing(entry)])
      const parsed = stored && parse?.(entry.type, stored.raw)
      const source = parsed && 'document' in parsed ? sourceFigures(entry.type, parsed.document) : undefined
      const target = source && targetFigures(doneOf(standing))
      const { integration, flow } = standing.mappings[0]?.entry ?? entry
      return source && target ? { entry: { ...entry, integration, flow }, source, target, standing } : undefined
    })
    for (const one of found) {
      if (!one) continue
      const { entry, source, target, standing } = one
      const { documentId, number, integration, flow } = entry
      const compared = compareFigures(source, target)
      const currency = compared.sourceAmount === undefined ? '' : (source.currency ?? target.currency ?? '')
      const [targetNumber = ''] = standing.progress?.targets[0]?.numbers ?? []
      addTo(totals, { integration, flow, currency, documents: 1, ...compared })
      for (const difference of compared.differences)
        differences.push({ documentId, number, integration, flow, currency, targetNumber, ...difference })
    }
  }
  return { totals: [...totals.values()], differences }
}

/** The delivered writes with what was sent, those that took something back left out. */
function doneOf({ progress, mappings }: { progress?: Progress; mappings: readonly Mapping[] }): Done[] {
  const steps = [...mappings]
    .filter(({ undoes }) => !undoes)
    .sort((a, b) => a.generation - b.generation)
    .flatMap(({ generation, writes }) => writes.map((write, index) => ({ generation, index, write })))
  const reached = parseStep(progress?.step ?? '1.0')
  const done = steps.filter((s) => s.generation < reached.generation || s.index < reached.index)
  return done.flatMap(({ write }, i): { write: Write; target: Done['target'] }[] => {
    const target = progress?.targets[i]
    return target && target.operation === write.operation ? [{ write, target }] : []
  })
}

function addTo(
  totals: Map<string, FlowTotal>,
  { integration, flow, currency, documents, ...figures }: FlowTotal,
): void {
  const key = `${integration}\n${flow}\n${currency}`
  const before = totals.get(key)
  const sum = (field: 'sourceAmount' | 'targetAmount' | 'sourceQuantity' | 'targetQuantity') => {
    const [a, b] = [before?.[field], figures[field]]
    return a === undefined || b === undefined ? (a ?? b) : add(a, b)
  }
  totals.set(key, {
    integration,
    flow,
    currency,
    documents: (before?.documents ?? 0) + documents,
    sourceAmount: sum('sourceAmount'),
    targetAmount: sum('targetAmount'),
    sourceQuantity: sum('sourceQuantity'),
    targetQuantity: sum('targetQuantity'),
  })
}
