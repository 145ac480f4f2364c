import type { TableDefinition } from './flow.ts'

export type Column = TableDefinition['columns'][number]

/** A column whose cell must be filled. */
export const must = (name: string, description: string, values?: string[]): Column => ({
  name,
  description,
  required: true,
  ...(values ? { values } : {}),
})

/** A column whose cell may be blank; the description says what blank means. */
export const may = (name: string, description: string, values?: string[]): Column => ({
  ...must(name, description, values),
  required: false,
})
