import type { SandboxAcumatica } from '../systems/acumatica/index.ts'
import type { SandboxOdoo } from '../systems/odoo/index.ts'
import { type SpsSandbox, sandboxKeys } from '../systems/sps-commerce/index.ts'
import type { ApiStyle } from './arrive.ts'

/** What the sample's webhook URLs end with: they are reached from this machine alone, and a sample event has to fit. */
export const sandboxWebhookSecret = 'sandbox-webhook-secret-00000000000000000000000000000000000000000'

/** What the sample's systems sign their deliveries with; those of events/ are signed with it too. */
export const sandboxSigningSecret = 'whsec_wfE5aZSrGA3HbpT3kBDBWWMmn8rRtB0k'

/**
 * What a configuration and its secrets need to reach the sandbox systems, by connection name ("acumatica", "odoo", "sps").
 */
export function sandboxConnections(
  sps: Pick<SpsSandbox, 'url'>,
  acumatica: Pick<SandboxAcumatica, 'url' | 'credentials'>,
  odoo: Pick<SandboxOdoo, 'url' | 'database' | 'credentials'>,
  apiStyle: ApiStyle = 'fulfillment',
) {
  return {
    connections: {
      acumatica: {
        system: 'acumatica',
        allowHosts: [new URL(acumatica.url).host],
        settings: {
          baseUrl: acumatica.url,
          endpoint: { name: 'Default', version: '24.200.001' },
          // A refresh token that rotated in a process that died is lost, and a person must consent again. This run may
          // be killed at any moment and has nobody to ask.
          grant: 'password',
          // The sandbox commits at once, and its clock is behind the real one: nothing to wait for.
          lagSeconds: 0,
          lostAnswerWaitSeconds: 0,
          actionPollSeconds: 0.05,
          // Whatever stands there when the run begins belongs to the morning.
          initialDate: '2026-01-01T00:00:00Z',
        },
      },
      odoo: {
        system: 'odoo',
        allowHosts: [new URL(odoo.url).host],
        settings: {
          baseUrl: odoo.url,
          database: odoo.database,
          timeZone: 'UTC',
          lagSeconds: 1,
          // Whatever stands there when the run begins belongs to the morning.
          initialDate: '2026-01-01T00:00:00Z',
        },
      },
      sps: {
        system: 'sps-commerce',
        allowHosts: [new URL(sps.url).host],
        settings: {
          apiStyle,
          baseUrl: sps.url,
          tokenUrl: `${sps.url}${apiStyle === 'fulfillment' ? '/authorization/v1/token' : '/oauth/token'}`,
        },
      },
    },
    secrets: {
      acumatica: acumatica.credentials,
      odoo: { login: odoo.credentials.login, apiKey: odoo.credentials.apiKey },
      sps: sandboxKeys,
    },
  }
}
