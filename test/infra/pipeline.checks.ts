import type * as z from 'zod'
import {
  keeperEnvironment,
  mapperEnvironment,
  pollerEnvironment,
  pusherEnvironment,
  watcherEnvironment,
} from '../../lib/config/environment.ts'
import { limits } from '../../lib/config/limits.ts'
import { deployment, exampleConfig, type Resource } from './deployment.ts'

const built = deployment()
const queues = built.resources('AWS::SQS::Queue')
const functions = built.resources('AWS::Lambda::Function')
const mappings = built.resources('AWS::Lambda::EventSourceMapping')

const variablesOf = ([, { Properties }]: [string, Resource]): Record<string, unknown> =>
  (Properties.Environment as { Variables: Record<string, unknown> }).Variables

/** The text of a variable once deployed, with a stand-in of a usual length for each reference. */
function deployed(value: unknown): string {
  if (typeof value === 'string') return value
  const { 'Fn::Join': join } = value as { 'Fn::Join'?: [string, unknown[]] }
  return join ? join[1].map(deployed).join(join[0]) : 'x'.repeat(120)
}

const environmentOf = (found: [string, Resource]): Record<string, string> =>
  Object.fromEntries(Object.entries(variablesOf(found)).map(([name, value]) => [name, deployed(value)]))

describe('the queues', () => {
  it('keep their order, are encrypted and take no message without TLS', () => {
    expect(queues).toHaveLength(6)
    built.template.allResourcesProperties('AWS::SQS::Queue', {
      FifoQueue: true,
      ContentBasedDeduplication: false,
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 3600,
    })
    built.template.resourceCountIs('AWS::SQS::QueuePolicy', queues.length)
    for (const [, { Properties }] of built.resources('AWS::SQS::QueuePolicy'))
      expect(JSON.stringify(Properties.PolicyDocument)).toMatch(/"aws:SecureTransport":"false".*"Deny"/)
  })

  it('have dead letters each, after as many receives as the functions count on', () => {
    const redrives = queues.flatMap(([, q]) => (q.Properties.RedrivePolicy ? [q.Properties.RedrivePolicy] : []))
    expect(redrives).toHaveLength(3)
    for (const redrive of redrives as { maxReceiveCount: number }[])
      expect(redrive.maxReceiveCount).toBe(limits.maxReceives)
  })

  it('hide a message six times as long as its function may run', () => {
    for (const [, { Properties }] of mappings) {
      const [queueId] = (Properties.EventSourceArn as { 'Fn::GetAtt': [string] })['Fn::GetAtt']
      const { Ref: functionId } = Properties.FunctionName as { Ref: string }
      const queue = queues.find(([id]) => id === queueId)?.[1].Properties
      const worker = functions.find(([id]) => id === functionId)?.[1].Properties
      expect(queue?.VisibilityTimeout).toBe(6 * Number(worker?.Timeout))
    }
  })
})

describe('the functions', () => {
  it('run on Node 24 and arm64, with their own memory and time limit, log group and role', () => {
    expect(functions).toHaveLength(7)
    built.template.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    })
    const own = (property: string) => new Set(functions.map(([, f]) => JSON.stringify(f.Properties[property])))
    expect(own('Role').size).toBe(functions.length)
    expect(own('LoggingConfig').size).toBe(functions.length)
    for (const [, { Properties }] of functions) {
      expect(Properties.MemorySize).toBeGreaterThanOrEqual(256)
      expect(Properties.Timeout).toBeGreaterThanOrEqual(60)
    }
  })

  it.each<[string, z.ZodType]>([
    ['ConnectionacumaticaPoller', pollerEnvironment],
    ['ConnectionspsPoller', pollerEnvironment],
    ['ConnectionacumaticaPusher', pusherEnvironment],
    ['ConnectionspsPusher', pusherEnvironment],
    ['MapMapper', mapperEnvironment],
    ['KeepKeeper', keeperEnvironment],
    ['WatchWatcher', watcherEnvironment],
  ])('%s gets the environment it reads', (name, schema) => {
    const environment = environmentOf(built.one('AWS::Lambda::Function', `${name}Function`))
    expect(schema.safeParse(environment).error).toBeUndefined()
    expect(environment).toMatchObject({
      POWERTOOLS_SERVICE_NAME: 'ml-connector',
      POWERTOOLS_METRICS_NAMESPACE: 'MlConnector',
    })
  })

  it('have environments below the 4 KB that Lambda allows', () => {
    for (const found of functions)
      expect({ id: found[0], small: JSON.stringify(environmentOf(found)).length < 4096 }).toEqual({
        id: found[0],
        small: true,
      })
  })

  it('see their own connection and nothing of the others', () => {
    const { CONNECTION } = environmentOf(built.one('AWS::Lambda::Function', 'ConnectionspsPusherFunction'))
    expect(JSON.parse(CONNECTION ?? '')).toMatchObject({ name: 'sps', system: 'sps-commerce' })
    expect(CONNECTION).not.toContain('erp.example.com')
  })

  it('cannot be deployed with settings that do not fit into an environment', () => {
    const { connections } = exampleConfig()
    const acumatica = { ...connections.acumatica, allowHosts: Array.from({ length: 300 }, (_, i) => `erp-${i}.local`) }
    expect(() => deployment({ connections: { ...connections, acumatica } })).toThrow(/Lambda allows 4096/)
  })

  it('report failed messages one by one, and work on as many batches as there are writers', () => {
    const { connections } = exampleConfig()
    const busy = deployment({ connections: { ...connections, sps: { ...connections.sps, writers: 7 } } })
    busy.template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: limits.batchSize,
    })
    const concurrency = (prefix: string) =>
      busy.one('AWS::Lambda::EventSourceMapping', prefix)[1].Properties.ScalingConfig as { MaximumConcurrency: number }
    expect(concurrency('Connectionsps')).toEqual({ MaximumConcurrency: 7 })
    // AWS's smallest; one writer is kept by one message group.
    expect(concurrency('Connectionacumatica')).toEqual({ MaximumConcurrency: 2 })
  })

  it('may see one document more often than Lambda’s loop detection allows: mapper and pushers only', () => {
    const loops = functions.filter(([, f]) => f.Properties.RecursiveLoop === 'Allow').map(([id]) => id)
    expect(loops.map((id) => id.replace(/Function\w{8}$/, '')).sort()).toEqual([
      'ConnectionacumaticaPusher',
      'ConnectionspsPusher',
      'MapMapper',
    ])
  })
})

describe('the schedules', () => {
  it('poll each connection as it is configured, once and without repeats', () => {
    const { connections } = exampleConfig()
    const rare = deployment({ connections: { ...connections, sps: { ...connections.sps, schedule: 'rate(1 hour)' } } })
    const [, schedule] = rare.one('AWS::Scheduler::Schedule', 'Connectionsps')
    expect(schedule.Properties).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
      Target: { RetryPolicy: { MaximumRetryAttempts: 0 } },
    })
    rare.template.allResourcesProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 })
  })

  it('of a connection that is switched off is off, and so is its queue; the keeper leaves both alone', () => {
    const { connections } = exampleConfig()
    const off = deployment({ connections: { ...connections, sps: { ...connections.sps, enabled: false } } })
    expect(off.one('AWS::Scheduler::Schedule', 'Connectionsps')[1].Properties.State).toBe('DISABLED')
    expect(off.one('AWS::Lambda::EventSourceMapping', 'Connectionsps')[1].Properties.Enabled).toBe(false)
    const keeper = off.one('AWS::Lambda::Function', 'KeepKeeperFunction')
    expect(Object.keys(JSON.parse(environmentOf(keeper).CONNECTIONS ?? ''))).toEqual(['acumatica'])
    expect(JSON.stringify(off.statements('KeepKeeper'))).not.toContain('ConnectionspsWork')
    const watcher = off.one('AWS::Lambda::Function', 'WatchWatcherFunction')
    expect(JSON.parse(environmentOf(watcher).CONNECTIONS ?? '')).toEqual({ acumatica: { schedule: 'rate(5 minutes)' } })
  })

  it('are not made for a connection that no flow reads from', () => {
    const integrations = {
      'acumatica-sps-commerce': {
        ...exampleConfig().integrations['acumatica-sps-commerce'],
        flows: ['purchase-order'],
      },
    }
    const oneWay = deployment({ integrations })
    expect(oneWay.resources('AWS::Scheduler::Schedule').map(([id]) => id.replace(/\w{8}$/, ''))).toEqual([
      'ConnectionspsSchedule',
      'KeepSchedule',
      'WatchSchedule',
    ])
  })
})
