import type { HeadStore } from '../ledger/audit/heads.ts'
import type { AwsApi } from './api.ts'
import { pages, putItem } from './dynamo.ts'

/** What the keys of noted heads begin with: all that the mapper may touch of the state table. */
export const headPrefix = 'audit#'

/** Heads of audit chains in the state table; kept for ever, a hundred bytes for an instance of a function. */
export function dynamoHeads(api: AwsApi, table: string): HeadStore {
  return {
    async note({ chain, sequence, hash }) {
      await putItem(
        api,
        table,
        { pk: `${headPrefix}${chain}`, noted: sequence, hash },
        { expression: 'attribute_not_exists(pk) OR noted < :noted', values: { ':noted': sequence } },
      )
    },
    async *all() {
      for await (const item of pages<{ pk: string; noted: number; hash: string }>(api, 'Scan', { TableName: table }))
        if (item.pk.startsWith(headPrefix))
          yield { chain: item.pk.slice(headPrefix.length), sequence: item.noted, hash: item.hash }
    },
  }
}
