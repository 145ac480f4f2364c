import * as z from 'zod'
import type { SystemDefinition } from '../../core/system.ts'
import { pollingSettings } from './read/polling-settings.ts'
import { defaultVersion, knownVersions, type Profile, profileOf } from './versions.ts'

/** Hosts of both worlds: separate accounts and data (shipbob.md §1). */
const hosts = {
  production: { baseUrl: 'https://api.shipbob.com', authUrl: 'https://auth.shipbob.com' },
  sandbox: { baseUrl: 'https://sandbox-api.shipbob.com', authUrl: 'https://authstage.shipbob.com' },
} as const

const host = z
  .url({ protocol: /^https?$/, error: 'write the host alone, such as https://api.shipbob.com' })
  .transform((url) => url.replace(/\/+$/, ''))
  .refine((url) => new URL(url).pathname === '/' && !/[?#]/.test(url), {
    error: 'stop after the host: the version is added from apiVersion',
  })

const channel = z.number().int().positive()

/** Settings of a ShipBob connection; every default is here. */
export const settings = z
  .strictObject({
    environment: z.enum(['production', 'sandbox']).default('production'),
    /** In place of the environment's own API host. */
    baseUrl: host.optional(),
    /** In place of the environment's own authorisation host. */
    authUrl: host.optional(),
    /** Part of every path. A newer one than those known is spoken like the newest of them. */
    apiVersion: z
      .string()
      .refine((version) => profileOf(version) !== undefined, {
        error: `use ${knownVersions.join(' or ')}, or a newer version such as 2027-01`,
      })
      .default(defaultVersion),
    /** token: a personal access token of one merchant. oauth: an app that the merchant gave consent to. */
    grant: z.enum(['token', 'oauth']).default('token'),
    /** The channel we write as; found by its write scopes where absent. */
    channelId: channel.optional(),
    /**
     * Channels whose orders and returns are taken: a merchant sells on several, each with an id of its own. Empty: every
     * channel of the account. Where absent: channelId, or without it every channel.
     */
    channels: z.array(channel).optional(),
    /** declared: the channel header where the API asks for it. always: on every call but those about channels and webhooks. */
    channelHeaderMode: z.enum(['declared', 'always']).default('declared'),
    /** ShipBob allows 150 a minute to one user of one application; less where others share it. */
    requestsPerMinute: z.number().int().min(30).max(1500).default(150),
    requestTimeoutSeconds: z.number().int().min(5).max(300).default(30),
    /** After a write whose answer was lost: how long until it is looked for. */
    lostAnswerWaitSeconds: z.number().int().min(0).max(600).default(30),
    /** So long after a webhook its record is read: by then every part of ShipBob shows what it tells of. */
    webhookSettleSeconds: z.number().int().min(0).max(900).default(5),
    /** ping warns so many days before the API version may end. */
    versionWarningDays: z.number().int().min(1).max(365).default(90),
    ...pollingSettings,
  })
  .refine(
    ({ channelHeaderMode, channelId, channels }) =>
      channelHeaderMode === 'declared' || channels === undefined || channels.every((one) => one === channelId),
    {
      error: 'with channelHeaderMode "always" ShipBob tells of channelId alone: leave channels out, or use "declared"',
      path: ['channels'],
    },
  )
  .transform((given) => ({
    ...given,
    baseUrl: given.baseUrl ?? hosts[given.environment].baseUrl,
    authUrl: given.authUrl ?? hosts[given.environment].authUrl,
    channels: given.channels ?? (given.channelId === undefined ? [] : [given.channelId]),
  }))

export type Settings = z.output<typeof settings>

/** How the connection's version is spoken; settings were validated. */
export function profileFor({ apiVersion }: Pick<Settings, 'apiVersion'>): Profile {
  const found = profileOf(apiVersion)
  if (!found) throw new RangeError(`API version ${apiVersion} was not validated`)
  return found.profile
}

/** The connection's secret: a personal token, or what the OAuth app has; `creds authorize` adds the consent. */
export const credentials = z
  .strictObject({
    token: z.string().min(1).optional(),
    clientId: z.string().min(1).optional(),
    clientSecret: z.string().min(1).optional(),
    /** As registered with the OAuth app, to the letter. */
    redirectUri: z.url('write the redirect URI as it is registered with the OAuth app').optional(),
    /** From a consent given elsewhere; used once, after that the stored token's own is. */
    refreshToken: z.string().min(1).optional(),
  })
  .refine((given) => given.token !== undefined || (given.clientId !== undefined && given.clientSecret !== undefined), {
    error: 'give a personal access token (token), or clientId, clientSecret and redirectUri of the OAuth app',
    path: ['token'],
  })

export type Credentials = z.output<typeof credentials>

export const system: SystemDefinition = {
  name: 'shipbob',
  title: 'ShipBob',
  settings,
  credentials,
  storesTokens: true,
  webhook: {
    kind: 'signed',
    settleSeconds: (given) => settings.parse(given).webhookSettleSeconds,
    channels: (given) => settings.parse(given).channels,
  },
}
