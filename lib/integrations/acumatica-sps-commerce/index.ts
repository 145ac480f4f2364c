import type { Integration } from '../../core/flow.ts'

export const integration: Integration = {
  name: 'acumatica-sps-commerce',
  systems: ['acumatica', 'sps-commerce'],
  flows: [],
  settings: (raw) => raw,
  tables: [],
}
