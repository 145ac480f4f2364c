import { problem } from '../problem.ts'
import { codeLists } from '../rsx/code-lists.ts'
import type { Findings, View } from './view.ts'

/** A code of a closed list. One that is not in it is kept and warned about: codes are let through on reading. */
export function listed(section: View, name: string, list: readonly string[], found: Findings, width = 0) {
  const code = section.code(name, width)
  if (code !== undefined && !list.includes(code))
    found.warnings.push(problem('SPS_UNKNOWN_CODE', `${name} "${code}" is not in the list`, section.at(name)))
  return code
}

export const acknowledgementTypes = codeLists.AcknowledgementType ?? []
export const itemStatuses = codeLists.ItemStatusCode ?? []
/** 07 good, 01 damaged, 02 short, 03 over, 05 wrong product, 09 on hold (sps-commerce.md 7.7). */
export const receivingConditions = ['01', '02', '03', '05', '07', '09']
