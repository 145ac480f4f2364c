import type { SourceAuditor } from '../lib/core/audit.ts'
import type { ConnectionContext } from '../lib/core/connection.ts'
import { createAuditor as createOdooAuditor } from '../lib/systems/odoo/auditor.ts'
import type { Settings as OdooSettings } from '../lib/systems/odoo/settings.ts'

/** Settings were validated with the configuration. */
type Create = (context: ConnectionContext<unknown>) => SourceAuditor

/** The systems whose past can be listed and read again, by name. A new system is one line. */
export const auditedSystems: Readonly<Record<string, Create>> = {
  odoo: (context) => createOdooAuditor(context as ConnectionContext<OdooSettings>),
}
