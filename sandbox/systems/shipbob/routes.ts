import type { SandboxRequest, SandboxResponse } from '../shared/serve.ts'
import { billingRoutes } from './api/billing.ts'
import { inventoryRoutes } from './api/inventory.ts'
import { orderRoutes } from './api/orders.ts'
import { placeRoutes } from './api/places.ts'
import { productRoutes } from './api/products.ts'
import { receivingRoutes } from './api/receiving.ts'
import { newReceivingRoutes } from './api/receiving-2026-07.ts'
import { returnRoutes } from './api/returns.ts'
import { runSimulations, simulateRoutes } from './api/simulate.ts'
import { webhookRoutes } from './api/webhooks.ts'
import { callOf } from './call.ts'
import type { createLimit } from './limit.ts'
import type { OAuth } from './oauth.ts'
import { ApiError, blocked, fieldErrors, forbidden, noRoute, problem, unauthorised } from './wire/errors.ts'
import { versionOf } from './wire/version.ts'
import type { World } from './world.ts'

const routes = [
  ...placeRoutes,
  ...productRoutes,
  ...inventoryRoutes,
  ...receivingRoutes,
  ...newReceivingRoutes,
  ...orderRoutes,
  ...returnRoutes,
  ...billingRoutes,
  ...webhookRoutes,
  ...simulateRoutes,
]

/** Calls that need the channel they are made for (shipbob.md §3.1). */
const needsChannel = /^\/(order|order:estimate|return|shipment:batchCancel)$/

/** Answers one request: who asks, which version, how often, what for. */
export function createRouter(world: World, oauth: OAuth, limit: ReturnType<typeof createLimit>) {
  return (request: SandboxRequest): SandboxResponse => {
    let remaining: number | undefined
    try {
      if (!request.headers['user-agent']) throw blocked()
      if (request.path === '/connect/authorize') return oauth.authorize(request)
      if (request.path === '/connect/token' && request.method === 'POST') return oauth.token(request)
      const [, name = '', path = '/'] = /^\/([^/]+)(\/.*)?$/.exec(request.path) ?? []
      const version = versionOf(name)
      if (version === 'ended') throw problem(410, 'Gone', `Version ${name} of the API is no longer supported`)
      if (!version) throw noRoute()
      const bearer = oauth.bearer(request)
      if (!bearer) throw unauthorised()
      remaining = limit.take(bearer.user)
      const route = routes.find((one) => one.method === request.method && one.path.test(path))
      const channel = channelOf(world, request, path)
      if (!route) throw noRoute()
      if (route.scope !== undefined && !bearer.scopes.includes(route.scope)) throw forbidden(route.scope)
      const params = route.path.exec(path)?.slice(1) ?? []
      const call = callOf(world.habits.repeatsPages ? firstPage(request) : request, {
        version,
        origin: world.origin(),
        path,
        params,
        channel,
      })
      return told(
        world.store.transaction(() => {
          runSimulations(world)
          return route.handle(world, call)
        }),
        remaining,
      )
    } catch (error) {
      if (error instanceof ApiError) return told(error.response, remaining)
      throw error
    }
  }
}

/** A broken cursor leads to where it came from. */
const firstPage = (request: SandboxRequest): SandboxRequest => ({
  ...request,
  query: new URLSearchParams([...request.query].filter(([name]) => !/^(cursor|page)$/i.test(name))),
})

/** Every answer says how many requests are left. */
const told = (response: SandboxResponse, remaining: number | undefined): SandboxResponse =>
  remaining === undefined
    ? response
    : { ...response, headers: { 'x-remaining-calls': String(remaining), ...response.headers } }

function channelOf(world: World, { method, headers }: SandboxRequest, path: string): number | undefined {
  const given = headers.shipbob_channel_id
  if (given === undefined) {
    if (method !== 'POST' || !needsChannel.test(path)) return undefined
    throw fieldErrors(400, { shipbob_channel_id: ['The shipbob_channel_id header is required.'] })
  }
  const channel = world.channel(Number(given))
  if (!channel) throw fieldErrors(400, { shipbob_channel_id: [`Channel ${given} is not valid.`] })
  const writes = method === 'POST' && needsChannel.test(path)
  if (writes && !channel.scopes.some((scope) => scope.endsWith('_write'))) throw forbidden('orders_write')
  return channel.id
}
