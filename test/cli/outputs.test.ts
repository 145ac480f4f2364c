import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { outputsFromFile, outputsOfStack } from '../../cli/deployment/outputs.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ml-connector-outputs-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))
afterEach(() => jest.restoreAllMocks())

const connection = {
  name: 'sps',
  system: 'sps-commerce',
  pushQueueUrl: 'https://sqs/push',
  deadLettersUrl: 'https://sqs/dead',
  pusher: 'pusher',
  eventSourceMapping: 'mapping',
  secretArn: 'arn:secret',
}
const outputs: Record<string, string> = {
  LedgerTable: 'ledger',
  StateTable: 'state',
  TablesTable: 'tables',
  PayloadBucket: 'payloads',
  EventBusName: 'bus',
  AlarmTopicArn: 'arn:topic',
  DocumentsQueueUrl: 'https://sqs/documents',
  DocumentsDeadLettersUrl: 'https://sqs/documents-dead',
  MapperFunction: 'mapper',
  KeeperFunction: 'keeper',
  WatcherFunction: 'watcher',
  ConnectionSps: JSON.stringify(connection),
}
const account = { region: 'eu-west-1', credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' } }

const file = (content: unknown): string => {
  const path = join(directory, 'outputs.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}
const answer = (status: number, body: string) =>
  jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body, { status }))

describe('outputs of a stack', () => {
  test('are read from the file that a deployment wrote', () => {
    const found = outputsFromFile(file({ 'ml-connector-acme-prod': outputs }))
    expect(found.shared.LedgerTable).toBe('ledger')
    expect(found.connections).toEqual([connection])
  })

  test.each([
    ['two stacks, none named', 'name one with --stack', { one: outputs, two: outputs }, undefined],
    ['another stack', 'did you mean "one"?', { one: outputs }, 'on'],
    ['an older release', 'no stack of this release', { one: { LedgerTable: 'ledger' } }, 'one'],
    ['something else', 'is not what "cdk deploy --outputs-file" writes', ['one'], undefined],
  ])('of %s are refused: %s', (_what, message, content, stack) => {
    expect(() => outputsFromFile(file(content), stack)).toThrow(message)
  })

  test('are asked for with a signed request, and quotes in them survive XML', async () => {
    const members = Object.entries(outputs).map(
      ([key, value]) =>
        `<member><OutputKey>${key}</OutputKey><OutputValue>${value.replaceAll('"', '&quot;')}</OutputValue></member>`,
    )
    const fetched = answer(
      200,
      `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>x</StackName><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    )
    const found = await outputsOfStack('ml-connector-acme-prod', account)
    expect(found.connections).toEqual([connection])
    const [url, request] = fetched.mock.calls[0] ?? []
    expect(String(url)).toContain('https://cloudformation.eu-west-1.amazonaws.com/?Action=DescribeStacks')
    expect(request?.headers).toMatchObject({ Authorization: expect.stringContaining('AKIAEXAMPLE') })
  })

  test('of a stack that does not exist are wrong use; without permission they cannot be reached', async () => {
    const error = (code: string) =>
      `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`
    answer(400, error('ValidationError'))
    await expect(outputsOfStack('nope', account)).rejects.toThrow('there is no stack "nope" in eu-west-1')
    answer(403, error('AccessDenied'))
    await expect(outputsOfStack('nope', account)).rejects.toMatchObject({ name: 'AccessDenied' })
  })
})
