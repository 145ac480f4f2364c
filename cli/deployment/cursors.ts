import type { Json } from '../../lib/core/exchange.ts'
import { WrongUse } from '../exit.ts'
import type { Deployment } from './deployment.ts'

/** A poll moves its cursor many times a minute; a change in between comes through. */
const attempts = 10

/**
 * Changes a stream's cursor under its revision, so that nothing a poller stores is lost. A poll that is just reading a
 * page of this stream repeats that page. Throws WrongUse where a poller is faster every time.
 */
export async function changeCursor(
  { state }: Pick<Deployment, 'state'>,
  connection: string,
  stream: string,
  change: (cursor: Json | undefined) => Json,
  now: number = Date.now(),
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stored = await state.cursor(connection, stream)
    const revision = stored?.revision ?? 0
    const next = {
      polledAt: new Date(now).toISOString(),
      ...stored,
      revision,
      cursor: change(stored?.cursor ?? undefined),
    }
    if (await state.moveCursor(connection, stream, next, revision)) return
  }
  throw new WrongUse(`${connection} is being polled all the time; try again in a minute`)
}
