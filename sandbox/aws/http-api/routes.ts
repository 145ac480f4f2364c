import type { RouteDefinition } from '../template/model.ts'

/** A route that fits a request, with the values of its path's variables. */
export interface Matched {
  route: RouteDefinition
  parameters: Record<string, string>
}

/**
 * The most specific route, as API Gateway chooses: a whole path before one with `{proxy+}` at its end before `$default`,
 * a method before ANY. undefined where none fits.
 */
export function matchRoute(routes: readonly RouteDefinition[], method: string, path: string): Matched | undefined {
  const found = routes.flatMap((route) => {
    const [verb = '', pattern = ''] = route.key.split(' ')
    if (route.key === '$default') return [{ route, parameters: {}, rank: 100 }]
    if (verb !== 'ANY' && verb !== method) return []
    const match = expressionOf(pattern).exec(path)
    if (!match) return []
    const variables = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decoded(value)] as const)
    const greedy = pattern.endsWith('+}')
    // Fewer variables is more specific.
    const rank = (greedy ? 50 : 0) + 2 * variables.length + (verb === 'ANY' ? 1 : 0)
    return [{ route, parameters: Object.fromEntries(variables), rank }]
  })
  const [best] = found.sort((a, b) => a.rank - b.rank)
  return best && { route: best.route, parameters: best.parameters }
}

const expressionOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split(/(\{\w+\+?\})/)
      .map((part) => {
        const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? []
        if (name) return greedy ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`
        return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      })
      .join('')}$`,
  )

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
