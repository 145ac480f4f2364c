import { json, type Need, type Request, type Service, ServiceError } from '../call.ts'
import type { Switches } from '../lambda/switches.ts'
import type { Deployment, ScheduleDefinition } from '../template/model.ts'

const contentType = 'application/json'

/** EventBridge Scheduler: reading a schedule and replacing it (which is how one is switched on and off). */
export function createSchedulerApi(deployment: Deployment, switches: Switches): Service {
  const scheduleOf = ({ path, query, body }: Request): ScheduleDefinition => {
    const name = path.replace(/^\/schedules\//, '')
    const inBody = body.length > 0 ? (JSON.parse(body.toString()) as { GroupName?: string }).GroupName : undefined
    const group = query.get('groupName') ?? inBody ?? 'default'
    const found = deployment.schedules.find((s) => s.name === name && s.group === group)
    if (found) return found
    throw new ServiceError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404)
  }
  return {
    name: 'scheduler',
    handle: async ({ operation, request, input }) => {
      const schedule = scheduleOf(request)
      if (operation === 'UpdateSchedule') {
        // UpdateSchedule replaces: what is left out gets its default, so a caller must send the whole schedule.
        for (const required of ['ScheduleExpression', 'FlexibleTimeWindow', 'Target'])
          if (input[required] === undefined)
            throw new ServiceError('ValidationException', `${required} must not be null`)
        const { ClientToken: _, ...properties } = input
        switches.setSchedule(schedule, properties)
        return { answer: json({ ScheduleArn: schedule.arn }, contentType), cost: {} }
      }
      const properties = switches.scheduleProperties(schedule)
      const { Tags: _, ...shown } = properties
      return {
        answer: json(
          { State: 'ENABLED', ...shown, Arn: schedule.arn, Name: schedule.name, GroupName: schedule.group },
          contentType,
        ),
        cost: {},
      }
    },
    needs: ({ operation, request, input }): Need[] => {
      const schedule = scheduleOf(request)
      const own = { action: `scheduler:${operation}`, resource: schedule.arn }
      const role = (input.Target as { RoleArn?: string } | undefined)?.RoleArn
      const context = { 'iam:PassedToService': 'scheduler.amazonaws.com' }
      // Whoever sets a schedule's target passes its role on.
      return operation === 'UpdateSchedule' && role ? [own, { action: 'iam:PassRole', resource: role, context }] : [own]
    },
    error: ({ code, message, status }) =>
      json({ Message: message }, contentType, code === 'AccessDeniedException' ? 403 : status, {
        'x-amzn-errortype': code,
      }),
  }
}

export function schedulerOperation({ method, path }: Request): string {
  if (path.startsWith('/schedules/')) {
    if (method === 'GET') return 'GetSchedule'
    if (method === 'PUT') return 'UpdateSchedule'
  }
  throw new ServiceError('UnknownOperationException', `${method} ${path} is not known to the embedded Scheduler`, 404)
}
