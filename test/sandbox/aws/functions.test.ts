import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { EmbeddedAws } from '../../../sandbox/aws/index.ts'
import { startPipeline, temporaryDirectory } from './support.ts'

let aws: EmbeddedAws
const stateDir = temporaryDirectory()
const lines: string[] = []
beforeAll(async () => {
  aws = await startPipeline({ stateDir, log: ({ line }) => lines.push(line) })
})
afterAll(() => aws.close())

const group = (...documents: object[]) => ({
  Records: documents.map((d, i) => ({ messageId: String(i), receiptHandle: '', body: JSON.stringify(d) })),
})

it('gives a function the template’s environment and Lambda’s own, and nothing of this machine', async () => {
  process.env.ONLY_HERE = 'secret'
  const { payload } = await aws.invoke('Listener', { show: true })
  const { environment, remaining, context } = payload as Record<string, Record<string, string>>
  expect(environment).toMatchObject({
    LEDGER_TABLE: 'Pipeline-Ledger',
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'Pipeline-Listener',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    _HANDLER: 'index.handler',
  })
  expect(environment).not.toHaveProperty('ONLY_HERE')
  expect(environment).not.toHaveProperty('HOME')
  expect(remaining).toBeGreaterThan(0)
  expect(context).toMatchObject({
    functionName: 'Pipeline-Listener',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:Pipeline-Listener',
  })
})

it('reports an error of the handler as Lambda does', async () => {
  const { error } = await aws.invoke('Listener', { fail: true })
  expect(error).toMatchObject({ errorType: 'TypeError', errorMessage: 'the listener is told to fail' })
  const lambda = new LambdaClient(aws.clientConfig)
  const Payload = Buffer.from('{"fail":true}')
  const answer = await lambda.send(new InvokeCommand({ FunctionName: 'Pipeline-Listener', Payload }))
  expect(answer.FunctionError).toBe('Unhandled')
  expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'TypeError' })
})

it('keeps a thread warm between invocations', async () => {
  const first = await aws.invoke('Worker', group({ id: 'warm', group: 'g' }))
  const second = await aws.invoke('Worker', group({ id: 'warm', group: 'g' }))
  expect(first.initMs).toBeGreaterThan(0)
  expect(second.initMs).toBe(0)
  expect(aws.loadTimes().Worker).toHaveLength(1)
})

it('ends an invocation at its time limit, and the next one starts anew', async () => {
  const { error } = await aws.invoke('Worker', group({ does: 'sleep' }))
  expect(error).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 2.00 seconds' })
  expect(await aws.invoke('Worker', group({ id: 'after', group: 'g' }))).toHaveProperty('payload')
})

it('survives a function that ends its process', async () => {
  const { error } = await aws.invoke('Worker', group({ does: 'exit' }))
  expect(error).toMatchObject({ errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with exit status 3' })
})

it('runs invocations at once in threads of their own', async () => {
  const results = await Promise.all(['a', 'b', 'c'].map((id) => aws.invoke('Worker', group({ id, group: 'g' }))))
  expect(results.every((r) => r.error === undefined)).toBe(true)
})

it('keeps what functions write, by function, in the state directory', async () => {
  await aws.invoke('Worker', group({ id: 'logged', group: 'g' }))
  // A thread hands its lines over in its own time.
  while (!lines.some((line) => line.includes('"logged"'))) await new Promise((done) => setTimeout(done, 5))
  expect(readFileSync(join(stateDir, 'logs', 'Worker.log'), 'utf8')).toContain('"id":"logged"')
})

it('kills a function between two calls where a test says so', async () => {
  aws.intercept(({ operation }) => (operation === 'PutEvents' ? 'kill-before' : undefined))
  const { error } = await aws.invoke('Worker', group({ id: 'killed', group: 'g' }))
  aws.intercept(undefined)
  expect(error).toMatchObject({ errorType: 'Runtime.Killed' })
  expect(aws.events().filter((e) => e.event['detail-type'] === 'Done').length).toBeGreaterThan(0)
})

it('names what there is not', async () => {
  await expect(aws.invoke('Nobody', {})).rejects.toThrow('there is no function Nobody in the stack Pipeline')
})
