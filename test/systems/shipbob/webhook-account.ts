import { type Reply, type Seen, serve } from './server.ts'

interface Stored {
  id: string
  url: string
  topics: string[]
  description: string
  enabled: boolean
  secret: string
}

/** The webhook subscriptions of an account, as ShipBob keeps them (shipbob.md §5). */
export async function webhookAccount(refusedTopics: string[] = [], faults: ((seen: Seen) => Reply | undefined)[] = []) {
  const stored: Stored[] = []
  let count = 0
  const answer = ({ method, url, body }: Seen): Reply => {
    const id = url.split('/')[3]
    if (method === 'GET') {
      const items = stored.map(({ secret: _, ...one }) => ({ ...one, created_at: '2026-09-01T08:00:00Z' }))
      return { body: { items, next: null, prev: null } }
    }
    if (method === 'DELETE') {
      const at = stored.findIndex((one) => one.id === id)
      stored.splice(at, at < 0 ? 0 : 1)
      return { status: at < 0 ? 404 : 204 }
    }
    const asked = JSON.parse(body) as Omit<Stored, 'id' | 'enabled'>
    const bad = asked.topics.filter((topic) => refusedTopics.includes(topic))
    if (bad.length > 0) {
      const value = { Topics: bad.map((topic) => `${topic} is not a valid topic`) }
      return { status: 422, body: { $type: 'UnprocessableEntityObjectResult', status_code: 422, value } }
    }
    count += 1
    const made = { ...asked, id: `s${count}` }
    stored.push({ ...made, enabled: true })
    return { status: 201, body: { ...made, created_at: '2026-09-01T08:00:00Z' } }
  }
  const { url, seen } = await serve((one) => {
    const fault = faults[0]?.(one)
    if (fault) faults.shift()
    // What is answered by a cut connection happened all the same.
    if (fault?.cut) answer(one)
    return fault ?? answer(one)
  })
  return { url, seen, stored, faults }
}
