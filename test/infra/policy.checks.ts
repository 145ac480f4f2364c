import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Stack, Validations } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { createApp } from '../../infra/app.ts'
import { deployment, withOdoo } from './deployment.ts'

describe('the policy packs', () => {
  it.each([
    ['the example', { stage: 'dev' }],
    ['production', { stage: 'prod', alarmEmail: 'orders@example.com' }],
    ['a deployment with webhooks', withOdoo()],
  ])('find nothing in %s that nobody answered for', (_, changes) => {
    const { app } = deployment(changes)
    for (const pack of [new AwsSolutionsChecks(app), new ServerlessChecks(app)])
      expect(pack.validateScope(app).violations).toEqual([])
  })

  it('were answered with a reason each time, and not for the whole stack', () => {
    const { app, stack } = deployment(withOdoo())
    const answers = app.node.findAll().flatMap(({ node }) =>
      node.metadata
        .filter((m) => m.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap((m) => Object.entries(m.data as Record<string, string>))
        .map(([id, reason]) => ({ at: node.path, id, reason })),
    )
    expect(answers.length).toBeGreaterThan(0)
    for (const { at, id, reason } of answers) {
      expect({ id, words: reason.split(' ').length > 7 }).toEqual({ id, words: true })
      // On the stack only where the id itself names one resource.
      if (at === stack.node.path) expect(id).toMatch(/\[Resource::<StoragePayloads\w+\.Arn>\/\w+\/\*\]$/)
    }
  })

  it('stop a synth with a finding', () => {
    const app = createApp({ outdir: mkdtempSync(join(tmpdir(), 'ml-connector-synth-')) })
    new Queue(new Stack(app, 'Careless'), 'Queue')
    expect(() => app.synth()).toThrow(/AwsSolutions-SQS4[\s\S]*Serverless-SQSRedrivePolicy/)
  })
})
