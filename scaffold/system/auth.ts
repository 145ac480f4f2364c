import type { ConnectionContext } from '../../lib/core/connection.ts'
import { ConfigurationError } from '../../lib/core/failures.ts'
import { problem } from './errors.ts'
import { credentials, type Settings } from './settings.ts'

/**
 * The connection's API key. A system with tokens that end keeps them in `context.tokens`, so that workers share them.
 * Throws ConfigurationError where the secret lacks it.
 * @param fresh reads the secret again: after a refusal it may have been replaced
 */
export async function apiKey({ secrets }: ConnectionContext<Settings>, fresh: boolean): Promise<string> {
  const parsed = credentials.safeParse(await secrets.credentials({ fresh }))
  if (parsed.success) return parsed.data.apiKey
  throw new ConfigurationError(
    parsed.error.issues.map(({ message, path }) =>
      problem('EXAMPLE_CREDENTIALS', message, `secret.${path.map(String).join('.')}`),
    ),
  )
}
