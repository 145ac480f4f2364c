import { newestProfile, type Profile } from './versions.ts'

/** What a canonical document is told of by. */
const prefixes: { readonly [type: string]: readonly string[] } = {
  shipment: ['order.'],
  'receiving-progress': ['wro.'],
  'customer-return': ['return.'],
  'service-invoice': ['billing.'],
}

/** Changes nothing that a document of ours says. */
const ofNoInterest = new Set(['order.shipment.address.updated'])

/**
 * Topics worth subscribing to. Those that the version's own list lacks are among them: its lists are said to be
 * incomplete, so they are tried, and polled where they are refused (shipbob.md §5).
 * @param wanted canonical document types that some flow takes
 */
export function topicsFor(wanted: readonly string[]): string[] {
  const begins = wanted.flatMap((type) => prefixes[type] ?? [])
  return newestProfile.topics.filter(
    (topic) => !ofNoInterest.has(topic) && begins.some((prefix) => topic.startsWith(prefix)),
  )
}

/** Whether the version says of itself that it has a topic. */
export const isListed = (topic: string, profile: Profile): boolean => profile.topics.includes(topic)
