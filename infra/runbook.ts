/**
 * The runbook's anchors (docs/runbook.md#…) that alarms point to, each with the command to type first. The name is
 * the connection's, or "documents" for the queue between pollers and mapper.
 */
export const runbook = {
  'dead-letters': (name) => `ml-connector redrive ${name}`,
  'oldest-message': (name) => `ml-connector status ${name}`,
  'function-failures': (name) => `ml-connector status ${name}`,
  'poll-failures': (name) => `ml-connector ping ${name}`,
  'token-failures': (name) => `ml-connector ping ${name}`,
  'connection-down': (name) => `ml-connector ping ${name}`,
} satisfies Record<string, (name: string) => string>

export type RunbookAnchor = keyof typeof runbook
