import type { SandboxAcumatica } from '../systems/acumatica/index.ts'
import type { SandboxOdoo } from '../systems/odoo/index.ts'
import type { SandboxShipBob } from '../systems/shipbob/index.ts'
import { type SpsSandbox, sandboxKeys } from '../systems/sps-commerce/index.ts'
import type { ApiStyle } from './arrive.ts'

/** What the sample's webhook URLs end with: they are reached from this machine alone, and a sample event has to fit. */
export const sandboxWebhookSecret = 'sandbox-webhook-secret-00000000000000000000000000000000000000000'

/** What the sample's systems sign their deliveries with; those of events/ are signed with it too. */
export const sandboxSigningSecret = 'whsec_wfE5aZSrGA3HbpT3kBDBWWMmn8rRtB0k'

/** Whatever stands there when the run begins belongs to the morning. */
const everything = '2026-01-01T00:00:00Z'

type Odoo = Pick<SandboxOdoo, 'url' | 'database' | 'credentials'>

/** Requests a minute: the sample's morning passes in a moment, and its ShipBob is asked by nobody else. */
export const sandboxRequestsPerMinute = 1_500

/**
 * What a configuration and its secrets need to reach the sandbox systems, by connection name ("acumatica", "odoo", "sps",
 * and of the third company "brightleaf" and "shipbob").
 */
export function sandboxConnections(
  {
    sps,
    acumatica,
    odoo,
    brightleaf,
    shipbob,
  }: {
    sps: Pick<SpsSandbox, 'url'>
    acumatica: Pick<SandboxAcumatica, 'url' | 'credentials'>
    odoo: Odoo
    brightleaf: Odoo
    shipbob: Pick<SandboxShipBob, 'url' | 'credentials'>
  },
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
          initialDate: everything,
        },
      },
      odoo: odooConnection(odoo),
      sps: {
        system: 'sps-commerce',
        allowHosts: [new URL(sps.url).host],
        settings: {
          apiStyle,
          baseUrl: sps.url,
          tokenUrl: `${sps.url}${apiStyle === 'fulfillment' ? '/authorization/v1/token' : '/oauth/token'}`,
        },
      },
      // Nobody there has an automation that calls: it is polled.
      brightleaf: { ...odooConnection(brightleaf), webhook: false },
      shipbob: {
        system: 'shipbob',
        allowHosts: [new URL(shipbob.url).host],
        settings: {
          environment: 'sandbox',
          baseUrl: shipbob.url,
          authUrl: shipbob.url,
          requestsPerMinute: sandboxRequestsPerMinute,
          // The sandbox commits at once, and its clock is behind the real one: nothing to wait for.
          lostAnswerWaitSeconds: 0,
          webhookSettleSeconds: 0,
          shipmentPollMinutes: 0,
          receivingPollMinutes: 0,
          returnPollMinutes: 0,
          unidentifiedReceiptPollHours: 0,
          billingPollHours: 0,
          initialDate: everything,
        },
      },
    },
    secrets: {
      acumatica: acumatica.credentials,
      odoo: odooSecret(odoo),
      sps: sandboxKeys,
      brightleaf: odooSecret(brightleaf),
      shipbob: { token: shipbob.credentials.token },
    },
  }
}

const odooConnection = ({ url, database }: Odoo) => ({
  system: 'odoo',
  allowHosts: [new URL(url).host],
  settings: { baseUrl: url, database, timeZone: 'UTC', lagSeconds: 1, initialDate: everything },
})

const odooSecret = ({ credentials: { login, apiKey } }: Odoo) => ({ login, apiKey })
