import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { list, type Resource, type Statement, textOf } from './deployment.ts'
import { signedDoor } from './signed-door.ts'

function synthesised(settings: Record<string, unknown>) {
  const outdir = mkdtempSync(join(tmpdir(), 'ml-connector-synth-'))
  try {
    const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] } })
    const { Resources, Outputs } = Template.fromStack(signedDoor(app, { settings })).toJSON() as {
      Resources: Record<string, Resource>
      Outputs: Record<string, { Value: unknown }>
    }
    const all = Object.entries(Resources)
    return {
      outputs: Object.values(Outputs),
      of: (type: string, prefix = ''): Resource['Properties'][] =>
        all.filter(([id, r]) => r.Type === type && id.startsWith(prefix)).map(([, r]) => r.Properties),
    }
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}

const built = synthesised({ channels: [318204, 127733] })
/** The one resource of a type whose logical id begins so. */
const one = (of: (typeof built)['of'], type: string, prefix: string) => {
  const [found, ...others] = of(type, prefix)
  if (!found || others.length > 0) throw new Error(`${others.length + 1} of ${type} ${prefix}`)
  return found
}
const variables = (of: (typeof built)['of']) =>
  (one(of, 'AWS::Lambda::Function', 'Webhooksshipbob').Environment as { Variables: Record<string, unknown> }).Variables
const policies = one(built.of, 'AWS::IAM::Role', 'Webhooksshipbob').Policies
const statements = (policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
  (p) => p.PolicyDocument.Statement,
)
const joined = (value: unknown): string =>
  ((value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1] ?? [])
    .map((part) => (typeof part === 'string' ? part : 'x'))
    .join('')

it('a signed webhook has a route without a secret, and its URL is whole', () => {
  expect(built.of('AWS::ApiGatewayV2::Route').map((r) => r.RouteKey)).toEqual(['POST /webhook/shipbob'])
  const told = built.outputs.map(({ Value }) => joined(Value)).find((text) => text.includes('"webhook"')) ?? '{}'
  expect(JSON.parse(told)).toMatchObject({
    name: 'shipbob',
    webhook: { url: expect.stringMatching(/\/webhook\/shipbob$/) },
  })
})

it('its secret is empty until a subscription is registered', () => {
  const [secret] = built.of('AWS::SecretsManager::Secret', 'ConnectionshipbobWebhook')
  expect(secret).not.toHaveProperty('GenerateSecretString')
  expect(secret).not.toHaveProperty('SecretString')
})

it('its function knows the channels that are taken, and where deliveries are remembered', () => {
  const { CONNECTIONS, STATE_TABLE } = variables(built.of)
  expect(JSON.parse(joined(CONNECTIONS))).toMatchObject({ shipbob: { channels: [318204, 127733], delaySeconds: 5 } })
  expect(textOf(STATE_TABLE)).toContain('StorageState')
})

it('its function reaches the keys of its own deliveries in the state table, and no cursor or lease', () => {
  const [found, ...others] = statements.filter((s) => list(s.Action).some((action) => action.startsWith('dynamodb:')))
  expect(others).toEqual([])
  expect(found).toMatchObject({
    Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['delivery#shipbob#*'] } },
  })
})

it('its hints are kept as long as SQS can: no poll finds again what nobody could read', () => {
  const [queue] = built.of('AWS::SQS::Queue', 'ConnectionshipbobHints')
  expect(queue).toMatchObject({ MessageRetentionPeriod: 14 * 86_400 })
})

it('without a list every channel is taken', () => {
  const { CONNECTIONS } = variables(synthesised({}).of)
  expect(JSON.parse(joined(CONNECTIONS))).toMatchObject({ shipbob: { channels: [] } })
})
