import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOutputs } from '../../infra/outputs.ts'
import { deployment, type Resource, root, textOf, withOdoo } from './deployment.ts'

const built = deployment({ alarmEmail: 'orders@example.com', logRetentionDays: 30, tags: { CostCenter: '4711' } })
const alarms = built.resources('AWS::CloudWatch::Alarm')

/** An alarm's description once deployed, with the beginning of a log group's logical id for its name. */
function descriptionOf([, { Properties }]: [string, Resource]): string {
  const description = Properties.AlarmDescription as string | { 'Fn::Join': [string, (string | { Ref: string })[]] }
  if (typeof description === 'string') return description
  return description['Fn::Join'][1].map((p) => (typeof p === 'string' ? p : p.Ref.slice(0, -8))).join('')
}

describe('the alarms', () => {
  it.each([
    ['Documents', ['dead-letters', 'oldest-message']],
    ['acumatica', ['dead-letters', 'oldest-message', 'poll-failures', 'token-failures', 'connection-down']],
    ['sps', ['dead-letters', 'oldest-message', 'poll-failures', 'token-failures', 'connection-down']],
  ])('tell everything that happens to %s', (name, anchors) => {
    const described = alarms.filter(([id]) => id.startsWith(`Alarms${name}`)).map(descriptionOf)
    for (const anchor of anchors)
      expect(described.filter((d) => d.endsWith(`docs/runbook.md#${anchor}`))).toHaveLength(1)
  })

  it('tell where a function fails or is throttled', () => {
    const failing = alarms.filter(([, a]) => textOf(a.Properties).includes('"Throttles"'))
    expect(failing).toHaveLength(7)
  })

  it('all say what to type first and where to read on, and go to the topic', () => {
    for (const alarm of alarms) {
      expect(descriptionOf(alarm)).toMatch(
        /\. First: (ml-connector (?:errors|watch) --stack ml-connector-juniper-slate-dev|aws logs tail \w+Log --since 1h) Then: docs\/runbook\.md#[\w-]+$/,
      )
      expect(alarm[1].Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlarmsTopic/) }])
      expect(alarm[1].Properties.TreatMissingData).toBe('notBreaching')
    }
  })

  it('say as well when something late is over', () => {
    const late = alarms.filter(([, { Properties }]) => Properties.MetricName === 'Late')
    expect(late).toHaveLength(7)
    for (const [, { Properties }] of late) expect(Properties.OKActions).toEqual(Properties.AlarmActions)
  })

  it('and the runbook’s sections of alarms are the same', () => {
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8')
    const sections = runbook.split(/^## /m).find((s) => s.startsWith('Alarms')) ?? ''
    const anchors = [...sections.matchAll(/^### (\S+)$/gm)].map((m) => m[1])
    const all = deployment(withOdoo()).resources('AWS::CloudWatch::Alarm')
    expect([...new Set(all.map((a) => descriptionOf(a).split('#')[1]))].sort()).toEqual(anchors.sort())
  })

  it('go by mail to the address of the configuration, and to nobody where there is none', () => {
    built.template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'orders@example.com',
    })
    deployment().template.resourceCountIs('AWS::SNS::Subscription', 0)
  })

  it('go through a topic that is encrypted, takes TLS only, and that CloudWatch may publish to', () => {
    const [, topic] = built.one('AWS::SNS::Topic', 'AlarmsTopic')
    expect(topic.Properties).toHaveProperty('KmsMasterKeyId')
    expect(textOf(built.resources('AWS::SNS::TopicPolicy'))).toContain('"aws:SecureTransport":"false"')
    const [, key] = built.one('AWS::KMS::Key', 'StorageKey')
    expect(textOf(key.Properties.KeyPolicy)).toContain('"Service":"cloudwatch.amazonaws.com"')
  })
})

describe('operations', () => {
  it('find one dashboard', () => {
    built.template.resourceCountIs('AWS::CloudWatch::Dashboard', 1)
  })

  it('find logs that are kept as long as the configuration says', () => {
    built.template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 })
    built.template.resourceCountIs('AWS::Logs::LogGroup', built.resources('AWS::Lambda::Function').length)
  })

  it('find tags on everything that can have them', () => {
    for (const type of ['AWS::Lambda::Function', 'AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::S3::Bucket'])
      for (const [, { Properties }] of built.resources(type)) {
        const tags = Object.fromEntries(
          (Properties.Tags as { Key: string; Value: string }[]).map((t) => [t.Key, t.Value]),
        )
        expect(tags).toMatchObject({
          Project: 'ml-connector',
          Environment: 'dev',
          Customer: 'juniper-slate',
          ManagedBy: 'cdk',
          Version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
          CostCenter: '4711',
        })
      }
  })

  it('find every part of a deployment in the outputs', () => {
    const outputs = built.template.toJSON().Outputs as Record<string, { Value: unknown }>
    const values = Object.entries(outputs).map(([key, { Value }]) => {
      const join = (Value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']
      return [key, join ? join[1].map((part) => (typeof part === 'string' ? part : 'x')).join('') : 'x']
    })
    const { shared, connections } = readOutputs(Object.fromEntries(values))
    expect(Object.keys(shared)).toContain('DocumentsDeadLettersUrl')
    expect(connections.map((c) => [c.name, c.system])).toEqual([
      ['acumatica', 'acumatica'],
      ['sps', 'sps-commerce'],
    ])
    expect(connections.every((c) => c.poller && c.schedule && c.tokenSecretArn)).toBe(true)
  })
})
