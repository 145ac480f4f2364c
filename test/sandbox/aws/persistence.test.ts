import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs'
import { openEmbeddedData, StateInUseError } from '../../../sandbox/aws/index.ts'
import type { QueueDefinition } from '../../../sandbox/aws/template/model.ts'
import { startPipeline, temporaryDirectory } from './support.ts'

/** A run in a process of its own, so that it can be killed as a whole. */
function runElsewhere(stateDir: string): { child: ChildProcess; line(text: string): Promise<void> } {
  const child = spawn(process.execPath, ['--no-warnings', `${import.meta.dirname}/fixtures/run.ts`, stateDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  return {
    child,
    line: (text) =>
      new Promise((done) => {
        lines.on('line', (line) => {
          if (line.includes(text)) done()
        })
      }),
  }
}
const kill = async (child: ChildProcess) => {
  child.kill('SIGKILL')
  await once(child, 'exit')
}
const counted = async (clientConfig: object) => {
  const { Items } = await new DynamoDBClient(clientConfig).send(
    new QueryCommand({
      TableName: 'Pipeline-Ledger',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'document' } },
    }),
  )
  return new Map((Items ?? []).map((i) => [i.sk?.S, Number(i.times?.N)]))
}

it('loses no message when the whole process is killed in the middle of a run, again and again', async () => {
  const stateDir = temporaryDirectory()
  // Killed before anything was worked on, in the middle of the first batches, and shortly after.
  for (const moment of ['polled', 'counted', 'counted']) {
    const { child, line } = runElsewhere(stateDir)
    await line(moment)
    await kill(child)
  }
  const aws = await startPipeline({ stateDir })
  await aws.idle({ timeoutMs: 10_000 })
  const documents = await counted(aws.clientConfig)
  await aws.close()
  expect(documents.size).toBe(40)
  expect([...documents.values()].every((times) => times >= 1)).toBe(true)
})

it('is there again after a restart: items, messages, secrets, objects, switches, events', async () => {
  const stateDir = temporaryDirectory()
  const first = await startPipeline({ stateDir })
  first.setSecret('Credentials', '[{"id":"kept","group":"g"}]')
  await first.invoke('Listener', { enabled: false })
  await first.tick('Schedule')
  await first.close()

  const second = await startPipeline({ stateDir })
  const queue = second.queues.find('Pipeline-Documents.fifo') as QueueDefinition
  expect(second.queues.depth(queue).visible).toBe(1)
  await second.idle({ timeoutMs: 4000 })
  expect((await counted(second.clientConfig)).size).toBe(0)
  await second.invoke('Listener', { enabled: true })
  await second.idle({ timeoutMs: 4000 })
  expect(await counted(second.clientConfig)).toEqual(new Map([['kept', 1]]))
  expect(second.events()).toHaveLength(1)
  await second.close()
})

it('lets one run at a time use a state directory', async () => {
  const stateDir = temporaryDirectory()
  const aws = await startPipeline({ stateDir })
  await expect(startPipeline({ stateDir })).rejects.toBeInstanceOf(StateInUseError)
  await aws.close()
  await (await startPipeline({ stateDir })).close()
})

it('opens the data of a run without its functions, also while the run goes on', async () => {
  const stateDir = temporaryDirectory()
  await expect(openEmbeddedData({ stateDir })).rejects.toThrow('holds no run yet')
  const aws = await startPipeline({ stateDir })
  aws.setSecret('Credentials', '[{"id":"a","group":"g"},{"id":"bad","group":"h","does":"fail"}]')
  await aws.tick('Schedule')
  await aws.idle({ timeoutMs: 4000 })

  const data = await openEmbeddedData({ stateDir })
  expect(data.url).not.toBe(aws.url)
  expect(data.outputs.DocumentsQueueUrl).toContain(data.url)
  expect(await counted(data.clientConfig)).toEqual(new Map([['a', 1]]))
  // A redrive from the other process: the run sees the messages and works on them.
  const dead = data.queues.find('Pipeline-DeadLetters.fifo') as QueueDefinition
  expect(data.queues.depth(dead).visible).toBe(1)
  await new SQSClient(data.clientConfig).send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }))
  await aws.idle({ timeoutMs: 4000 })
  const [letter] = aws.queues.peek(dead)
  expect(letter).toMatchObject({ received: 2 })
  await data.close()
  await aws.close()
})
