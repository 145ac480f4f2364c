import { pause, resume } from '../../cli/commands/pause.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import type { ConnectionState, Pause } from '../../lib/pipeline/state.ts'
import { memoryDeployment } from './memory-deployment.ts'

/** A schedule as GetSchedule of EventBridge Scheduler answers. */
const schedule = {
  Arn: 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/poll',
  Name: 'poll',
  GroupName: 'default',
  CreationDate: 1_767_225_600,
  LastModificationDate: 1_767_225_600,
  Description: 'Polls acumatica',
  ScheduleExpression: 'rate(5 minutes)',
  State: 'ENABLED',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: 'arn:aws:lambda:function', RoleArn: 'arn:aws:iam:role', RetryPolicy: { MaximumRetryAttempts: 0 } },
}

/** A deployment whose switches are where AWS has them. */
function switchable() {
  const deployment = memoryDeployment(() => ({ Attributes: {} }))
  const aws = { mapping: 'Enabled', schedule: { ...schedule } as Record<string, unknown>, refuse: false }
  const stored: { pause?: Pause | undefined; health?: ConnectionState } = {}
  deployment.connections = {
    acumatica: {
      url: 'q',
      deadLettersUrl: 'd',
      system: 'acumatica',
      eventSourceMapping: 'uuid',
      schedule: 'poll',
      secretArn: 's',
    },
  }
  deployment.configFile = 'ml-connector.config.json'
  deployment.state = {
    paused: async () => stored.pause,
    setPaused: async (_name: string, wanted: Pause | undefined) => {
      stored.pause = wanted
    },
    connection: async () => stored.health,
    cursors: async () => ({}),
  } as unknown as typeof deployment.state
  deployment.aws.rest = async (service, method, path, body) => {
    if (aws.refuse) throw new Error('the process died')
    expect(path).toBe(service === 'lambda' ? '/2015-03-31/event-source-mappings/uuid' : '/schedules/poll')
    if (method === 'GET')
      return Buffer.from(JSON.stringify(service === 'lambda' ? { State: aws.mapping } : aws.schedule))
    const given = JSON.parse(String(body))
    if (service === 'lambda') aws.mapping = given.Enabled ? 'Enabled' : 'Disabled'
    else aws.schedule = { ...given, Arn: schedule.Arn, Name: schedule.Name }
    return Buffer.from('{}')
  }
  return { deployment, aws, stored }
}

const now = Date.parse('2026-03-02T09:00:00Z')

describe('pause', () => {
  test('switches schedule and queue off, and keeps everything else of the schedule', async () => {
    const { deployment, aws, stored } = switchable()
    await pause('acumatica', deployment, { why: 'upgrade' }, collectingTerminal(), 'dana', now)
    expect(aws.mapping).toBe('Disabled')
    const { CreationDate: _, LastModificationDate: __, ...kept } = schedule
    expect(aws.schedule).toEqual({ ...kept, State: 'DISABLED' })
    expect(stored.pause).toEqual({ since: '2026-03-02T09:00:00.000Z', by: 'dana', why: 'upgrade' })
  })

  test('is known even where the command dies before it has switched anything', async () => {
    const { deployment, aws, stored } = switchable()
    aws.refuse = true
    await expect(pause('acumatica', deployment, { why: 'upgrade' }, collectingTerminal(), 'dana', now)).rejects.toThrow(
      'died',
    )
    expect(stored.pause?.why).toBe('upgrade')
  })

  test('of a connection that is paused leaves the first reason', async () => {
    const { deployment } = switchable()
    const terminal = collectingTerminal()
    await pause('acumatica', deployment, { why: 'upgrade' }, terminal, 'dana', now)
    await pause('acumatica', deployment, { why: 'again' }, terminal, 'sam', now + 60_000)
    expect(terminal.printed()).toContain('since 2026-03-02 09:00:00 UTC by dana, upgrade')
  })

  test('names what there is where the name is wrong', async () => {
    const { deployment } = switchable()
    const wrong = pause('acumatika', deployment, { why: 'x' }, collectingTerminal(), 'dana', now)
    await expect(wrong).rejects.toThrow('did you mean "acumatica"?')
  })
})

describe('resume', () => {
  test('switches both on again', async () => {
    const { deployment, aws, stored } = switchable()
    const terminal = collectingTerminal()
    await pause('acumatica', deployment, { why: 'upgrade' }, terminal, 'dana', now)
    expect(await resume('acumatica', deployment, {}, terminal)).toBe(0)
    expect([aws.mapping, aws.schedule.State, stored.pause]).toEqual(['Enabled', 'ENABLED', undefined])
  })

  test('leaves the queue of a connection that is down switched off, and says so', async () => {
    const { deployment, aws, stored } = switchable()
    const terminal = collectingTerminal()
    await pause('acumatica', deployment, { why: 'upgrade' }, terminal, 'dana', now)
    stored.health = { status: 'down', since: '2026-03-02T08:00:00Z', code: 'UNREACHABLE', message: 'no answer' }
    expect(await resume('acumatica', deployment, {}, terminal)).toBe(1)
    expect([aws.mapping, aws.schedule.State]).toEqual(['Disabled', 'ENABLED'])
    expect(terminal.printed()).toContain('by the first poll that works')
  })
})
