import type { AwsApi } from '../../lib/pipeline/aws/api.ts'
import { pages, putItem } from '../../lib/pipeline/aws/dynamo.ts'
import type { Ledger } from '../../lib/pipeline/ledger/ledger.ts'

/**
 * After a run was stopped or killed: every worker died with it, so what they had leased is free. On AWS the leases
 * end with the functions' time limits, and nobody would want to wait for that here. Every document whose write was
 * under way gets that noted, so its next attempt looks before it writes.
 * @returns how many writes were under way
 */
export async function resume(parts: { aws: AwsApi; ledger: Ledger; stateTable: string }): Promise<number> {
  const { aws, ledger, stateTable } = parts
  const scan = pages<{ pk: string }>(aws, 'Scan', { TableName: stateTable })
  for await (const item of scan)
    if (item.pk.startsWith('lease#')) await putItem(aws, stateTable, { ...item, leaseUntil: 0 })
  let underWay = 0
  const at = new Date().toISOString()
  for await (const { entry, progress } of ledger.all()) {
    if (progress?.state !== 'pushing') continue
    const { step } = progress
    await ledger.note(entry, step, { at, stage: 'push', outcome: 'failed', code: 'STOPPED', step })
    underWay += 1
  }
  await ledger.attest()
  return underWay
}
