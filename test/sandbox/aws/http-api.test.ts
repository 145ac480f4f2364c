import { cpSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { createThrottle } from '../../../sandbox/aws/http-api/throttle.ts'
import { type EmbeddedAws, startEmbeddedAws } from '../../../sandbox/aws/index.ts'
import { deploy } from '../../../sandbox/aws/template/deploy.ts'
import { readSynthesised } from '../../../sandbox/aws/template/read.ts'
import { temporaryDirectory } from './support.ts'

const cdkOut = join(import.meta.dirname, 'fixtures', 'door')
const lines: string[] = []
let aws: EmbeddedAws

beforeAll(async () => {
  aws = await startEmbeddedAws({ cdkOut, log: ({ line }) => lines.push(line) })
})
afterAll(() => aws.close())

const url = () => aws.outputs.Url ?? ''
const post = (path: string, init: RequestInit = {}) => fetch(`${url()}${path}`, { method: 'POST', ...init })

interface Event {
  version: string
  routeKey: string
  rawPath: string
  rawQueryString: string
  cookies?: string[]
  headers: Record<string, string>
  queryStringParameters?: Record<string, string>
  pathParameters?: Record<string, string>
  requestContext: { http: { method: string; path: string; protocol: string }; stage: string; time: string }
  body?: string
  isBase64Encoded: boolean
}
const eventOf = async (path: string, init: RequestInit = {}) => (await (await post(path, init)).json()) as Event

describe('a function behind the HTTP API', () => {
  it('gets the request in payload format 2.0', async () => {
    const event = await eventOf('/a%2Fb/c?x=1&x=2&y=', {
      headers: { 'X-Mixed-Case': 'Kept', cookie: 'a=1; b=2', 'content-type': 'application/json' },
      body: '{ "spaces" :  "kept" }',
    })
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /things/{thing}/{part}',
      rawPath: '/things/a%2Fb/c',
      rawQueryString: 'x=1&x=2&y=',
      cookies: ['a=1', 'b=2'],
      headers: { 'x-mixed-case': 'Kept' },
      queryStringParameters: { x: '1,2', y: '' },
      pathParameters: { thing: 'a/b', part: 'c' },
      requestContext: { http: { method: 'POST', protocol: 'HTTP/1.1' }, stage: '$default' },
      body: '{ "spaces" :  "kept" }',
      isBase64Encoded: false,
    })
    expect(event.headers).not.toHaveProperty('cookie')
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/)
  })

  it.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/plain', false],
    ['application/xml', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
  ])('gets a body of %s in base64: %p', async (type, isBase64Encoded) => {
    const event = await eventOf('/a/b', { headers: { 'content-type': type }, body: Buffer.from('größe=1') })
    expect(event.isBase64Encoded).toBe(isBase64Encoded)
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe('größe=1')
  })

  it('gets no body where there is none', async () => {
    const event = await eventOf('/a/b')
    expect(event).toMatchObject({ isBase64Encoded: false })
    expect(event).not.toHaveProperty('body')
  })

  it('gets any method and the rest of the path where its route says so', async () => {
    const origin = new URL(url()).origin
    const event = (await (await fetch(`${origin}/files/a/b.txt`)).json()) as Event
    expect(event).toMatchObject({ routeKey: 'ANY /files/{proxy+}', pathParameters: { proxy: 'a/b.txt' } })
  })

  it('answers with a status, headers and bytes of its own, or with a result that is the answer', async () => {
    const bytes = await post('/a/b?does=bytes')
    expect([bytes.status, bytes.headers.get('x-own'), [...(await bytes.bytes())]]).toEqual([201, '1', [0, 255]])
    const inferred = await post('/a/b?does=infer')
    expect([inferred.status, await inferred.json()]).toEqual([200, { inferred: true }])
  })
})

describe('the HTTP API itself', () => {
  const said = async (response: Response) => [response.status, await response.json()]

  it('answers what no route takes, in its own words', async () => {
    expect(await said(await fetch(`${url()}/a/b`))).toEqual([404, { message: 'Not Found' }])
    expect(await said(await post('/a/b/c'))).toEqual([404, { message: 'Not Found' }])
    expect(await said(await post('/a'))).toEqual([404, { message: 'Not Found' }])
  })

  it('hides what went wrong in a function, and gives up on one that takes too long', async () => {
    expect(await said(await post('/a/b?does=throw'))).toEqual([500, { message: 'Internal Server Error' }])
    expect(await said(await post('/a/b?does=wait'))).toEqual([503, { message: 'Service Unavailable' }])
  })

  it('takes ten megabytes and no more', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1)
    const status = await new Promise<number | undefined>((done, fail) => {
      const sent = request(`${url()}/a/b`, { method: 'POST' }, (answer) => {
        answer.resume()
        done(answer.statusCode)
      })
      sent.on('error', fail)
      sent.end(body)
    })
    expect(status).toBe(413)
  })

  it('writes its access log in the stage’s own format', async () => {
    lines.length = 0
    await post('/secret/path')
    await fetch(url())
    expect(lines.filter((l) => /POST \/things|404/.test(l)).map((l) => l.replace(/^\S+ /, ''))).toEqual([
      'POST /things/{thing}/{part} 200 -',
      '- 404 -',
    ])
    expect(lines.join()).not.toContain('secret')
  })

  it('is paid for by the request', () => {
    const { calls = 0 } = aws.counter.counts().find(({ operation }) => operation === 'ApiGateway.Request') ?? {}
    expect(calls).toBeGreaterThan(10)
    expect(aws.counter.report(1).breakdown.httpApiRequest).toBeGreaterThanOrEqual(calls)
  })

  it('lets so many through at once, and so many a second after that', () => {
    const mayPass = createThrottle({ rate: 10, burst: 3 })
    expect([0, 0, 0, 0, 50, 100, 110].map((ms) => mayPass(5000 + ms))).toEqual([
      true,
      true,
      true,
      false,
      false,
      true,
      false,
    ])
    expect(createThrottle(undefined)(0)).toBe(true)
  })
})

describe('a deployment', () => {
  const at = { stack: 'Door', region: 'us-east-1', account: '123456789012', url: 'http://127.0.0.1:1' }

  it('is refused where API Gateway may not invoke the function of a route', async () => {
    const copy = temporaryDirectory()
    cpSync(cdkOut, copy, { recursive: true })
    const file = join(copy, 'Door.template.json')
    const { PermissionOne, ...Resources } = readSynthesised(cdkOut).template.Resources
    expect(PermissionOne).toBeDefined()
    writeFileSync(file, JSON.stringify({ Resources }))
    await expect(startEmbeddedAws({ cdkOut: copy })).rejects.toThrow(
      'Api: nothing permits API Gateway to invoke Echo for POST /things/{thing}/{part}',
    )
  })

  it('with another kind of API or authorizers is refused, naming it', () => {
    const changed = (id: string, properties: object) => () => {
      const read = readSynthesised(cdkOut)
      Object.assign(read.template.Resources[id]?.Properties ?? {}, properties)
      deploy(read, at)
    }
    expect(changed('Api', { ProtocolType: 'WEBSOCKET' })).toThrow('Api: only the protocol HTTP')
    expect(changed('One', { AuthorizationType: 'JWT' })).toThrow('One: authorizers are not known here')
    expect(changed('Stage', { StageName: 'prod' })).toThrow('its stage must be $default')
  })

  it('makes a secret once, and it survives a restart; so does the address, if nobody took it', async () => {
    const stateDir = temporaryDirectory()
    const run = async () => {
      const run = await startEmbeddedAws({ cdkOut, stateDir })
      const secrets = new SecretsManagerClient(run.clientConfig)
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: run.outputs.MadeArn }))
      const seen = {
        url: run.outputs.Url,
        secret: JSON.parse(SecretString ?? '') as { current: string; kept: boolean },
      }
      await run.close()
      return seen
    }
    const first = await run()
    expect(first.secret).toEqual({ kept: true, current: expect.stringMatching(/^[A-Za-z0-9]{64}$/) })
    expect(await run()).toEqual(first)
  })
})
