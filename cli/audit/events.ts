import type { DocumentEntry, Mapping, Progress } from '../../lib/pipeline/ledger/ledger.ts'
import { stateOf } from '../../lib/pipeline/ledger/ledger.ts'

/** One line of the audit trail as people outside read it. Absent values are "". Times are ISO, UTC. */
export interface AuditEvent {
  at: string
  document: string
  number: string
  connection: string
  integration: string
  flow: string
  type: string
  /**
   * captured · decided (one output field) · mapped (one write to do) · attempted (one try of one stage) · delivered (one
   * write) · problem · warning · said (a person) · stands (where the document is now).
   */
  event: string
  outcome: string
  code: string
  /** "<generation>.<index>" of the write it is about. */
  step: string
  /** Of a decision: the field, its value, the rule, what it looked at, and the table row with the table's version. */
  field: string
  value: string
  rule: string
  because: string
  table: string
  row: string
  tableVersion: string
  /** Who, and why or what in words. */
  by: string
  text: string
  /** Where it was or is to be written. */
  target: string
  operation: string
  /** Our reference of a write to do; the target's own id of a delivered one. */
  targetId: string
  targetNumbers: string
}

const empty: Omit<AuditEvent, 'at' | 'document' | 'number' | 'connection' | 'integration' | 'flow' | 'type' | 'event'> =
  {
    outcome: '',
    code: '',
    step: '',
    field: '',
    value: '',
    rule: '',
    because: '',
    table: '',
    row: '',
    tableVersion: '',
    by: '',
    text: '',
    target: '',
    operation: '',
    targetId: '',
    targetNumbers: '',
  }

/** Everything the ledger knows of a document, event by event: stages in their order, then what people said. */
export function eventsOf(
  captured: DocumentEntry,
  { progress, mappings }: { progress?: Progress; mappings: readonly Mapping[] },
): AuditEvent[] {
  const entry = mappings[0]?.entry ?? captured
  const event = (kind: string, at: string, more: Partial<AuditEvent>): AuditEvent => ({
    at,
    document: entry.documentId,
    number: entry.number,
    connection: entry.connection,
    integration: entry.integration,
    flow: entry.flow,
    type: entry.type,
    event: kind,
    ...empty,
    ...more,
  })
  const said = (outcome: string, { at, by, text }: { at: string; by: string; text: string }) =>
    event('said', at, { outcome, by, text })
  const found = (kind: 'problem' | 'warning') => (one: { code: string; message: string }) =>
    event(kind, progress?.updatedAt ?? captured.capturedAt, { code: one.code, text: one.message })
  return [
    event('captured', captured.capturedAt, { text: `version ${captured.version}, content ${captured.hash}` }),
    ...mappings.flatMap((mapping) => ofMapping(mapping, event)),
    ...(progress?.attempts ?? []).map(({ at, stage, outcome, code = '', step = '', by = '' }) =>
      event('attempted', at, { outcome, code, step, by, operation: stage }),
    ),
    ...(progress?.targets ?? []).map((t) =>
      event('delivered', t.at, {
        outcome: t.adopted ? 'adopted' : 'written',
        target: t.connection,
        operation: t.operation,
        targetId: t.targetId,
        targetNumbers: t.numbers.join(' '),
      }),
    ),
    ...(progress?.problems ?? []).map(found('problem')),
    ...(progress?.warnings ?? []).map(found('warning')),
    ...(progress?.hold ? [said('held', progress.hold)] : []),
    ...(progress?.undo ? [said(progress.undo.done ? 'undone' : 'to be undone', progress.undo)] : []),
    ...(progress?.notes ?? []).map((note) => said('noted', note)),
    event('stands', progress?.updatedAt ?? captured.capturedAt, {
      outcome: stateOf(progress, mappings.length > 0),
      step: progress?.step ?? '',
      by: progress?.assignee ?? '',
    }),
  ]
}

function ofMapping(
  { generation, decisions, writes, tables, at }: Mapping,
  event: (kind: string, at: string, more: Partial<AuditEvent>) => AuditEvent,
): AuditEvent[] {
  const versions = Object.entries(tables).map(([name, version]) => `${name}@${version}`)
  return [
    ...decisions.map((d) =>
      event('decided', at, {
        step: String(generation),
        field: d.field,
        value: d.value ?? '',
        rule: d.rule,
        because: d.input ?? '',
        table: d.table?.name ?? '',
        row: d.table?.row ?? '',
        tableVersion: d.table?.version ?? '',
      }),
    ),
    ...writes.map((write, index) =>
      event('mapped', at, {
        step: `${generation}.${index}`,
        target: write.connection,
        operation: write.operation,
        targetId: write.reference,
        text: versions.join(' '),
      }),
    ),
  ]
}
