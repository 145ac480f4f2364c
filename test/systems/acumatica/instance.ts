import type { ConnectionContext, TokenStore } from '../../../lib/core/connection.ts'
import type { Clock } from '../../../lib/core/exchange.ts'
import type { ApiRecord } from '../../../lib/systems/acumatica/records.ts'
import { type Settings, settings as schema } from '../../../lib/systems/acumatica/settings.ts'
import { type AcumaticaOptions, type SandboxAcumatica, start } from '../../../sandbox/systems/acumatica/index.ts'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import { memoryConnection } from '../../support/connection.ts'
import { fixture } from './fixtures.ts'

/** The sandbox's morning in every test. */
export const morning = Date.parse('2026-10-05T11:20:00.000Z')

/** A sandbox instance with the sample masters. Close it with `closeAll` after each test. */
export async function startInstance(options: AcumaticaOptions = {}): Promise<SandboxAcumatica> {
  const sandbox = await start({ clock: createSandboxClock(undefined, morning), ...options })
  sandbox.load({
    customers: [fixture('customer')],
    customerLocations: fixture<ApiRecord[]>('customer-locations'),
    stockItems: fixture<ApiRecord[]>('stock-items'),
  })
  open.push(sandbox)
  return sandbox
}

const open: SandboxAcumatica[] = []
export const closeAll = async (): Promise<void> => {
  for (const sandbox of open.splice(0)) await sandbox.close()
}

/** Settings as a configuration would give them, with no waiting in between. */
export const settingsFor = (sandbox: SandboxAcumatica, over: object = {}): Settings =>
  schema.parse({
    baseUrl: sandbox.url,
    endpoint: { version: '24.200.001' },
    actionPollSeconds: 0.05,
    lostAnswerWaitSeconds: 0,
    ...over,
  })

/** A connection to the sandbox: its time is the sandbox's time, its secret the consent already given. */
export function connect(
  sandbox: SandboxAcumatica,
  over: object = {},
  parts: Partial<ConnectionContext<Settings>> = {},
): ReturnType<typeof memoryConnection<Settings>> {
  const { clientId, clientSecret, refreshToken } = sandbox.credentials
  const clock: Clock = { now: () => sandbox.clock.now() }
  const { pageSize, ...rest } = over as { pageSize?: number }
  const settings = settingsFor(sandbox, rest)
  // Smaller than a configuration may ask for, so that a test needs few rows to fill pages.
  if (pageSize !== undefined) settings.pageSize = pageSize
  const context = memoryConnection(settings, { clientId, clientSecret, refreshToken }, { clock })
  const tokens = grants.get(sandbox) ?? context.tokens
  grants.set(sandbox, tokens)
  return Object.assign(context, { tokens }, parts)
}

/** One grant for every worker that a test connects to the same instance. */
const grants = new WeakMap<SandboxAcumatica, TokenStore>()

/** The order of the samples, as the mapping writes it. */
export const orderRecord = (over: ApiRecord = {}): ApiRecord => ({ ...fixture('sales-order-put-request'), ...over })
