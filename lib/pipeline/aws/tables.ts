import { type Row, type Table, type Tables, tableVersion } from '../../core/tables.ts'
import type { BlobStore, Item } from '../ledger/items.ts'
import { pack, unpack } from '../ledger/pack.ts'
import type { TableHead, TableStore } from '../tables.ts'
import type { AwsApi } from './api.ts'
import { getItem, putItem } from './dynamo.ts'
import { dynamoItems } from './items.ts'

/** Cross-reference tables in DynamoDB: one packed item a version, one head item an integration. */
export function dynamoTables(api: AwsApi, tableName: string, blobs: BlobStore): TableStore {
  const items = dynamoItems(api, tableName)
  const cache = new Map<string, Promise<Table | undefined>>()

  const head = async (integration: string): Promise<TableHead | undefined> => {
    const item = await getItem<{ tables: string; revision: number }>(api, tableName, { pk: integration, sk: 'head' })
    return item && { tables: JSON.parse(item.tables), revision: item.revision }
  }

  const read = (integration: string, name: string, version: string): Promise<Table | undefined> => {
    const key = `${integration}/${name}@${version}`
    const found = cache.get(key) ?? fetchTable(integration, name, version)
    cache.set(key, found)
    return found
  }

  const fetchTable = async (integration: string, name: string, version: string) => {
    const item = await items.get(integration, `table#${name}#${version}`)
    return item && { name, version, rows: await unpack<Row[]>(item, blobs) }
  }

  return {
    head,
    read,

    async load(integration) {
      const current = await head(integration)
      const tables = await Promise.all(Object.entries(current?.tables ?? {}).map(([n, v]) => read(integration, n, v)))
      return Object.fromEntries(tables.flatMap((t) => (t ? [[t.name, t]] : []))) satisfies Tables
    },

    async save(integration, name, rows) {
      const table: Table = { name, version: tableVersion(rows), rows }
      const item: Item = {
        pk: integration,
        sk: `table#${name}#${table.version}`,
        revision: 1,
        ...(await pack(rows, `tables/${integration}/${name}`, blobs)),
      }
      await items.put(item, 0)
      for (let tries = 0; tries < 10; tries += 1) {
        const before = await head(integration)
        if (before?.tables[name] === table.version) return table
        const tables = JSON.stringify({ ...before?.tables, [name]: table.version })
        const item = { pk: integration, sk: 'head', tables, revision: (before?.revision ?? 0) + 1 }
        const condition = before
          ? { expression: 'revision = :r', values: { ':r': before.revision } }
          : { expression: 'attribute_not_exists(pk)' }
        if (await putItem(api, tableName, item, condition)) return table
      }
      throw new Error(`the tables of ${integration} are being changed by somebody else; try again`)
    },
  }
}
