import type { Resolved, Resources } from './deploy.ts'
import type { HttpApiDefinition, RouteDefinition } from './model.ts'
import { TemplateError } from './read.ts'

type Properties = Record<string, unknown>

/** The template's HTTP API, if it has one: routes that invoke functions, and the stage they are served by. */
export function readHttpApi(resources: Resources): HttpApiDefinition | undefined {
  const [api, another] = resources.ofType('AWS::ApiGatewayV2::Api')
  if (!api) return undefined
  if (another) throw new TemplateError(`${another.id}: one HTTP API runs here, and ${api.id} is one already`)
  if (api.properties.ProtocolType !== 'HTTP')
    throw new TemplateError(`${api.id}: only the protocol HTTP is known here, not ${api.properties.ProtocolType}`)
  const [stage] = resources.ofType('AWS::ApiGatewayV2::Stage')
  if (stage?.properties.StageName !== '$default')
    throw new TemplateError(`${api.id}: its stage must be $default; another one would be a part of every path`)
  const settings = (stage.properties.DefaultRouteSettings ?? {}) as Properties
  const access = stage.properties.AccessLogSettings as { Format?: string } | undefined
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settings
  return {
    id: api.id,
    name: api.name,
    arn: api.arn,
    stage: '$default',
    url: resources.at.apiUrl ?? '',
    routes: resources.ofType('AWS::ApiGatewayV2::Route').map((route) => readRoute(route, resources)),
    ...(rate === undefined ? {} : { throttle: { rate: Number(rate), burst: Number(burst ?? rate) } }),
    ...(access?.Format === undefined ? {} : { logFormat: access.Format }),
  }
}

function readRoute({ id, properties }: Resolved, resources: Resources): RouteDefinition {
  if (properties.AuthorizerId !== undefined || (properties.AuthorizationType ?? 'NONE') !== 'NONE')
    throw new TemplateError(`${id}: authorizers are not known here`)
  const integrationId = String(properties.Target).replace(/^integrations\//, '')
  const integration = resources.find(integrationId, 'AWS::ApiGatewayV2::Integration')
  const { IntegrationType, PayloadFormatVersion, IntegrationUri, TimeoutInMillis } = integration?.properties ?? {}
  const target = resources.find(functionArnIn(String(IntegrationUri)), 'AWS::Lambda::Function')
  if (IntegrationType !== 'AWS_PROXY' || PayloadFormatVersion !== '2.0' || !target)
    throw new TemplateError(`${id}: only routes to a function of this template run, with payload format 2.0`)
  return { key: String(properties.RouteKey), function: target.id, timeoutMs: Number(TimeoutInMillis ?? 30_000) }
}

/** An integration names a function by its ARN, or by the path that invokes it. */
const functionArnIn = (uri: string): string => /functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1] ?? uri
