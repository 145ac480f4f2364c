import type { SandboxRequest } from '../../shared/serve.ts'

const lifetime = 604_800

/** The session id among a request's cookies. */
export const sessionOf = (request: SandboxRequest): string | undefined =>
  /(?:^|;\s*)session_id=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]

export const setCookie = (session: string, now: number): Record<string, string> => ({
  'set-cookie': `session_id=${session}; Expires=${new Date(now + lifetime * 1000).toUTCString()}; Max-Age=${lifetime}; HttpOnly; Path=/`,
})
