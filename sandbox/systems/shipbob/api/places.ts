import { centres } from '../account.ts'
import type { Route } from '../call.ts'
import { centreBody, locationBody } from '../render/place.ts'
import { records } from '../wire/paging.ts'

/** Channels, centres and locations (shipbob.md §3.1, §4.3, §4.8). */
export const placeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/channel$/,
    scope: 'channels_read',
    handle: (world, call) => records(call, world.channels, (channel) => channel),
  },
  {
    method: 'GET',
    path: /^\/fulfillment-center$/,
    scope: undefined,
    handle: () => ({ status: 200, body: centres.filter(({ hub }) => !hub).map(centreBody) }),
  },
  {
    method: 'GET',
    path: /^\/location$/,
    scope: 'locations_read',
    handle: (_, { query }) => {
      const receiving = query.flag('ReceivingEnabled')
      const found = centres.filter(({ receives }) => receiving === undefined || receives === receiving)
      return { status: 200, body: found.map(locationBody) }
    },
  },
]
