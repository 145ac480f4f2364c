import { readOutputs } from '../../infra/outputs.ts'
import { limits } from '../../lib/config/limits.ts'
import type { HintTarget } from '../../lib/pipeline/hint.ts'
import { type Deployment, deployment, list, type Resource, textOf, withOdoo } from './deployment.ts'

const built = deployment(withOdoo())
const quick = { baseUrl: 'https://juniper-slate.odoo.com', database: 'juniper-slate', lagSeconds: 1 }
const off = deployment(withOdoo({ enabled: false, settings: quick }))
const only = (type: string): Resource => {
  const [found, ...more] = built.resources(type)
  if (!found || more.length > 0) throw new Error(`${more.length + 1} of ${type}`)
  return found[1]
}
const statement = (sid: string) => built.statements('Webhooksodoo').filter((s) => s.Sid === sid)
const idsIn = (value: unknown): string[] =>
  [...textOf(value).matchAll(/"(?:Ref|Fn::GetAtt)":(?:"|\[")(\w+)/g)].map(
    (m) => m[1]?.replace(/[0-9A-F]{8}$/, '') ?? '',
  )

describe('the public door', () => {
  it('has one route for each connection that can be told, with its secret in the path', () => {
    expect(built.resources('AWS::ApiGatewayV2::Route').map(([, r]) => r.Properties.RouteKey)).toEqual([
      'POST /webhook/odoo/{secret}',
    ])
    expect(only('AWS::ApiGatewayV2::Api').Properties.ProtocolType).toBe('HTTP')
    expect(only('AWS::ApiGatewayV2::Integration').Properties.PayloadFormatVersion).toBe('2.0')
  })

  it('is narrow: so many calls a second, and no more', () => {
    const { DefaultRouteSettings } = only('AWS::ApiGatewayV2::Stage').Properties
    expect(DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 2500 })
  })

  it('logs which route was called and never the path, which holds a secret', () => {
    const { Format } = only('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings as { Format: string }
    expect(JSON.parse(Format)).toMatchObject({ route: '$context.routeKey', status: '$context.status' })
    expect(Format).not.toMatch(/\$context\.(path|http|domain|identity|authorizer)/)
  })

  it('lets the API invoke the function on that route alone', () => {
    const permissions = built.resources('AWS::Lambda::Permission').map(([, p]) => p.Properties)
    const own = permissions.filter((p) => p.Principal === 'apigateway.amazonaws.com')
    expect(own).toHaveLength(1)
    expect(textOf(own[0]?.SourceArn)).toContain('/*/*/webhook/odoo/{secret}')
  })

  it('is not there where nothing is read, or the configuration wants none', () => {
    const { integrations } = withOdoo()
    const inbound = { ...integrations['odoo-sps-commerce'], flows: ['purchase-order-in'] }
    for (const changes of [
      withOdoo({ webhook: false }),
      { ...withOdoo(), integrations: { ...integrations, 'odoo-sps-commerce': inbound } },
    ])
      for (const type of ['Api', 'Route', 'Stage'])
        deployment(changes).template.resourceCountIs(`AWS::ApiGatewayV2::${type}`, 0)
  })
})

describe('the webhook function', () => {
  it('reads the webhook secrets of its connections and no credential, and sends to their hint queues alone', () => {
    expect(idsIn(statement('ReadWebhookSecrets').map((s) => s.Resource))).toEqual(['ConnectionodooWebhookSecret'])
    expect(idsIn(statement('Hint').map((s) => s.Resource))).toEqual(['ConnectionodooHintsQueue'])
    expect(
      built
        .statements('Webhooksodoo')
        .flatMap((s) => list(s.Action))
        .sort(),
    ).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'sqs:SendMessage',
    ])
  })

  it('is told where the secret is, and never what it is', () => {
    const [, { Properties }] = built.one('AWS::Lambda::Function', 'WebhooksodooFunction')
    const { CONNECTIONS } = (
      Properties.Environment as { Variables: { CONNECTIONS: { 'Fn::Join': [string, unknown[]] } } }
    ).Variables
    const text = CONNECTIONS['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'x')).join('')
    const { odoo } = JSON.parse(text) as Record<string, HintTarget>
    expect(Object.keys(odoo ?? {}).sort()).toEqual(['delaySeconds', 'queueUrl', 'secretArn'])
    expect(idsIn(CONNECTIONS)).toEqual(['ConnectionodooWebhookSecret', 'ConnectionodooHintsQueue'])
  })

  it('delays a hint until a poll sees what it is about: the lag, the second, and what shares the hint', () => {
    const environment = ({ one }: Deployment) =>
      textOf(one('AWS::Lambda::Function', 'WebhooksodooFunction')[1].Properties.Environment)
    expect(environment(built)).toContain(`delaySeconds\\":${5 + 1 + 1}`)
    expect(environment(off)).toContain(`delaySeconds\\":${1 + 1 + 1}`)
  })
})

describe('the hints', () => {
  it('make one poll of a burst, are taken one batch beside another at most, and stay off with their connection', () => {
    const mapping = ({ one }: Deployment) => one('AWS::Lambda::EventSourceMapping', 'ConnectionodooHints')[1].Properties
    expect(mapping(built)).toMatchObject({
      MaximumBatchingWindowInSeconds: limits.hintWindowSeconds,
      BatchSize: 1000,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
      Enabled: true,
    })
    expect(mapping(off).Enabled).toBe(false)
  })

  it('wait no shorter than a poll may take, and are gone soon: no dead letters for what heals itself', () => {
    const [, { Properties }] = built.one('AWS::SQS::Queue', 'ConnectionodooHints')
    expect(Properties.VisibilityTimeout).toBeGreaterThanOrEqual(limits.pollerTimeoutSeconds)
    expect(Properties).toMatchObject({ MessageRetentionPeriod: 900, SqsManagedSseEnabled: true })
    expect(Properties).not.toHaveProperty('RedrivePolicy')
  })

  it('can be given back by their poller, and by no other', () => {
    const postponing = ['ConnectionodooPoller', 'ConnectionspsPoller', 'ConnectionacumaticaPoller'].filter((name) =>
      built.statements(name).some((s) => s.Sid === 'PostponeHints'),
    )
    expect(postponing).toEqual(['ConnectionodooPoller'])
  })
})

it('the secret is made by AWS at the deployment, is long, fits into a URL, and is not in the template', () => {
  const [, { Properties }] = built.one('AWS::SecretsManager::Secret', 'ConnectionodooWebhook')
  expect(Properties).not.toHaveProperty('SecretString')
  expect(Properties.GenerateSecretString).toMatchObject({
    GenerateStringKey: 'current',
    PasswordLength: 64,
    ExcludePunctuation: true,
    IncludeSpace: false,
  })
})

it('keeps its logical ids: another secret would break the URL that people pasted', () => {
  const ids = Object.entries(built.template.toJSON().Resources as Record<string, { Type: string }>)
    .filter(([id, r]) => /ApiGatewayV2::Api$/.test(r.Type) || /^Connectionodoo(Webhook|Hints)/.test(id))
    .filter(([, r]) => /::(Api|Secret|Queue)$/.test(r.Type))
    .map(([id]) => id)
  expect(ids.sort()).toEqual([
    'ConnectionodooHintsQueueB0A1F398',
    'ConnectionodooWebhookSecret43A00B00',
    'WebhooksApiA28DB082',
  ])
})

it('tells the command the URL without its secret', () => {
  const outputs = built.template.toJSON().Outputs as Record<string, { Value: unknown }>
  const values = Object.entries(outputs).map(([key, { Value }]) => {
    const join = (Value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']
    return [key, join ? join[1].map((part) => (typeof part === 'string' ? part : 'x')).join('') : 'x']
  })
  const { connections } = readOutputs(Object.fromEntries(values))
  const told = connections.filter((c) => c.webhook)
  expect(told.map((c) => c.name)).toEqual(['odoo'])
  expect(told[0]?.webhook?.url).toMatch(/\/webhook\/odoo$/)
})
