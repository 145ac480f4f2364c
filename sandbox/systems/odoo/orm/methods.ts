import { aboutMethods } from './methods/about.ts'
import { groupMethods } from './methods/groups.ts'
import { recordMethods } from './methods/records.ts'
import { searchMethods } from './methods/searches.ts'
import type { Method, Version } from './model.ts'

/** What every model can do (odoo.md §3.2), with the parameter names of the version. */
export const genericMethods = (version: Version): { [name: string]: Method } => ({
  ...searchMethods(version),
  ...recordMethods,
  ...aboutMethods,
  ...groupMethods(version),
})
