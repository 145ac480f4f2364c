import type { Access } from '../access/authorize.ts'
import type { Counter } from '../counter.ts'
import type { Functions, Invocation } from '../lambda/functions.ts'
import type { Switches } from '../lambda/switches.ts'
import type { Deployment, ScheduleDefinition } from '../template/model.ts'
import { nextRun } from './expression.ts'

/** The schedules of EventBridge Scheduler: run on demand for a run in time lapse, or at their own times. */
export interface Schedules {
  find(idOrName: string): ScheduleDefinition | undefined
  /** Runs a schedule's target now; undefined where it is switched off or may not invoke. */
  tick(schedule: ScheduleDefinition): Promise<Invocation | undefined>
  /** From now on every schedule runs at its own times. */
  start(): void
  stop(): void
}

interface Target {
  Arn: string
  RoleArn: string
  Input?: string
}

export function createSchedules(
  deployment: Deployment,
  switches: Switches,
  functions: Functions,
  access: Access,
  counter: Counter,
): Schedules {
  const timers = new Map<string, NodeJS.Timeout>()

  const tick = async (schedule: ScheduleDefinition): Promise<Invocation | undefined> => {
    if (!switches.scheduleEnabled(schedule)) return undefined
    const target = switches.scheduleProperties(schedule).Target as Target
    const definition = functions.find(target.Arn)
    const role = deployment.roles.find((r) => r.arn === target.RoleArn)
    if (!definition || !role) throw new Error(`the target or the role of the schedule ${schedule.name} is not deployed`)
    const need = { action: 'lambda:InvokeFunction', resource: definition.arn }
    if (!(await access.use(role.id, schedule.id, need))) return undefined
    counter.own('Scheduler.Invoke', schedule.id, { schedulerInvocation: 1 })
    return functions.invoke(definition, target.Input ?? JSON.stringify(standardEvent(schedule, deployment)))
  }

  const plan = (schedule: ScheduleDefinition): void => {
    const expression = String(switches.scheduleProperties(schedule).ScheduleExpression)
    const next = nextRun(expression, Date.now())
    if (next === undefined) return
    // A timer takes at most 24 days; one that is too long only looks again.
    const wait = Math.min(next - Date.now(), 20 * 86_400_000)
    const run = () => {
      if (Date.now() >= next) void tick(schedule)
      plan(schedule)
    }
    timers.set(schedule.id, setTimeout(run, Math.max(1, wait)))
  }

  return {
    find: (reference) => deployment.schedules.find((s) => s.id === reference || s.name === reference),
    tick,
    start: () => {
      for (const schedule of deployment.schedules) if (!timers.has(schedule.id)) plan(schedule)
    },
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}

/** What Scheduler sends where the target has no input of its own. */
const standardEvent = (schedule: ScheduleDefinition, { account, region }: Deployment) => ({
  version: '0',
  id: crypto.randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.scheduler',
  account,
  time: new Date().toISOString().replace(/\.\d+/, ''),
  region,
  resources: [schedule.arn],
  detail: '{}',
})
