import { problem } from '../problem.ts'
import { purposeNames } from '../rsx/code-lists.ts'
import type { Findings, View } from './view.ts'

export interface Purpose {
  purpose: string
  /** As sent. */
  purposeCode: string | undefined
}

/**
 * TsetPurposeCode of a main header. Absent = `otherwise`; an unknown code is "other" with a warning, because what a
 * document wants is the mapping's to decide (sps-commerce.md §9).
 */
export function purposeOf(header: View, otherwise: string, found: Findings): Purpose {
  const purposeCode = header.code('TsetPurposeCode', 2)
  if (purposeCode === undefined) return { purpose: otherwise, purposeCode }
  const name = purposeNames[purposeCode]
  if (name === undefined)
    found.warnings.push(
      problem('SPS_UNKNOWN_CODE', `TsetPurposeCode "${purposeCode}" is not in the list`, header.at('TsetPurposeCode')),
    )
  return { purpose: name ?? 'other', purposeCode }
}
