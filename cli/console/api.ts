/* What the console's page and its server say to each other. Types alone: the page runs in a browser. */

import type { Problem } from '../../lib/core/problems.ts'
import type { Row } from '../../lib/core/tables.ts'
import type { DocumentEntry, PersonsWord, ShownState, Story } from '../../lib/pipeline/ledger/ledger.ts'
import type { Depth, Standing } from '../connections/standing.ts'
import type { Cause } from '../exceptions/waiting.ts'
import type { Effort } from '../replay/effort.ts'
import type { DocumentPreview } from '../replay/preview.ts'

export type State = ShownState

/** GET api/overview?hours=24 */
export interface Overview {
  title: string
  /** ISO date-time of the server. */
  at: string
  /** True while the functions of a run on this machine are at work. */
  busy: boolean
  connections: Standing[]
  mapping: Depth
  /** Documents that wait for a person. */
  waiting: number
  /** First moment of each point of the charts, ISO date-times; all points are equally long. */
  points: string[]
  flows: FlowOverview[]
}

/** A flow within the hours asked for. */
export interface FlowOverview {
  integration: string
  flow: string
  captured: number
  delivered: number
  held: number
  rejected: number
  skipped: number
  inFlight: number
  /** Seconds from capture to delivery; absent where nothing was delivered. */
  lag?: { median: number; p95: number }
  /** Documents that became final within each point. */
  deliveredAt: number[]
  failedAt: number[]
}

/** GET api/exceptions */
export interface Exceptions {
  documents: number
  causes: Cause[]
}

/** GET api/waiting?cause=… */
export interface WaitingRow {
  entry: Pick<DocumentEntry, 'documentId' | 'number' | 'type' | 'flow' | 'integration' | 'connection' | 'capturedAt'>
  state: State
  problems: Problem[]
  hold?: PersonsWord
  assignee?: string
  notes: PersonsWord[]
}

/** GET api/story?id=… */
export interface StoryAnswer {
  id: string
  /** The thread on one line. */
  chain: string
  found: (Story & { state: State })[]
  related: (DocumentEntry & { state: State })[]
  /** What to do, by problem code. */
  remedies: { [code: string]: string }
}

/** GET api/tables */
export interface TableList {
  integration: string
  tables: { name: string; description: string; version?: string; rows: number }[]
}

/** GET api/table?integration=…&name=… */
export interface TableContent {
  integration: string
  name: string
  description: string
  key: string[]
  columns: { name: string; description: string; required: boolean; values?: string[] }[]
  /** Absent where nothing is stored yet. */
  version?: string
  rows: Row[]
}

/** PUT api/table; `version` is the one that was edited, so that nobody's change is lost. */
export interface TableChange {
  integration: string
  name: string
  version?: string
  rows: Row[]
}
/** Where a table cannot be stored: which row (from 0), and what is wrong with it. */
export interface TableProblem extends Problem {
  at?: number
}

/** POST api/redrive */
export interface RedriveAsked {
  cause?: string
  document?: string
}

/** POST api/replay and api/preview */
export interface ReplayAsked {
  /** One document, or a filter. */
  document?: string
  flow?: string
  from?: string
  to?: string
  code?: string
  /** The reason; for api/replay. */
  why?: string
}
export interface PreviewAnswer {
  documents: DocumentPreview[]
  efforts: Effort[]
}

/** POST api/word */
export interface WordSaid {
  verb: 'hold' | 'release' | 'resolve' | 'note' | 'assign'
  document: string
  text: string
}

/** POST api/undo */
export interface UndoAsked {
  document: string
  /** The reason; absent where only what would be done is asked for. */
  why?: string
}
/** What was asked for, or would be done. */
export interface UndoAnswer {
  /** Why nothing is undone. */
  refused?: string
  /** What is done at which connection. */
  does: string[]
  /** What is left for a person, and what is undone with it. */
  warnings: string[]
}

/** POST api/switch */
export interface SwitchAsked {
  connection: string
  on: boolean
  why?: string
}

/** What an action came to: how many documents or messages it concerns. */
export interface Done {
  count: number
}

/** Every answer with a status over 299. */
export interface Refused {
  message: string
  problems: TableProblem[]
}
