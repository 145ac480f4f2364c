import { deploy } from '../../../sandbox/aws/template/deploy.ts'
import { type CloudFormation, readSynthesised } from '../../../sandbox/aws/template/read.ts'
import { pipeline } from './support.ts'

const at = { stack: 'Pipeline', region: 'us-east-1', account: '123456789012', url: 'http://127.0.0.1:4566' }
const synthesised = () => readSynthesised(pipeline)
const changed = (change: (template: CloudFormation) => void) => {
  const read = synthesised()
  change(read.template)
  return () => deploy(read, at)
}

it('resolves intrinsics to the same physical names at every start', () => {
  const deployment = deploy(synthesised(), at)
  expect(deployment).toEqual(deploy(synthesised(), at))
  expect(deployment.outputs).toEqual({
    DocumentsQueueUrl: 'http://127.0.0.1:4566/123456789012/Pipeline-Documents.fifo',
    LedgerTable: 'Pipeline-Ledger',
    BucketName: 'pipeline-payloads',
    Parts: `{"mapping":"${deployment.mappings[0]?.name}","schedule":"Pipeline-Schedule"}`,
    Mixed: `aws-d-no-Pipeline/Pipeline-Ledger/${deployment.keys[0]?.arn}`,
  })
})

it('reads tables, queues, functions and what joins them', () => {
  const { tables, queues, functions, mappings, schedules, roles } = deploy(synthesised(), at)
  const documents = queues.find((q) => q.id === 'Documents')
  expect(documents).toMatchObject({
    fifo: true,
    visibilityTimeoutMs: 12_000,
    redrive: { deadLetterArn: queues.find((q) => q.id === 'DeadLetters')?.arn, maxReceiveCount: 2 },
  })
  expect(tables[0]).toMatchObject({ name: 'Pipeline-Ledger', timeToLive: 'expiresAt', key: expect.any(String) })
  expect(functions.find((f) => f.id === 'Poller')).toMatchObject({
    role: 'PollerRole',
    timeoutMs: 5000,
    asyncRetries: 0,
    code: `${pipeline}/asset.poller`,
    logGroup: 'Pipeline-PollerLog',
    environment: { LEDGER_TABLE: 'Pipeline-Ledger', DOCUMENTS_QUEUE_URL: documents?.url },
  })
  expect(mappings[0]).toMatchObject({ function: 'Worker', maximumConcurrency: 2, reportBatchItemFailures: true })
  expect(schedules[0]?.target).toBe(functions.find((f) => f.id === 'Poller')?.arn)
  expect(roles.find((r) => r.id === 'WorkerRole')?.policies[0]?.policy.Statement.map((s) => s.Sid)).toContain('Consume')
})

it('leaves out what its condition switches off', () => {
  expect(deploy(synthesised(), at).queues.map((q) => q.id)).not.toContain('NeverMade')
})

it('notes what it does not run instead of pretending to', () => {
  const run = changed((t) => {
    t.Resources.Api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'x' } }
  })
  expect(run().notes).toEqual(['Api (AWS::ApiGateway::RestApi) is not run by the embedded AWS'])
})

it('names the resource that refers to nothing', () => {
  const run = changed((t) => {
    t.Resources.Plain = { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Missing' } } }
  })
  expect(run).toThrow('Plain (AWS::SQS::Queue): there is no resource or parameter Missing')
})

it('says what to do where nothing was synthesised', () => {
  expect(() => readSynthesised('/nowhere')).toThrow('npm run synth')
  expect(() => readSynthesised(pipeline, 'Other')).toThrow('holds the stacks Pipeline; name one of them')
})
