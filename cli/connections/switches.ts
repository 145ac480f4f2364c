import type { AwsApi } from '../../lib/pipeline/aws/api.ts'
import type { DeployedConnection } from '../deployment/deployment.ts'

const mappingPath = (id: string): string => `/2015-03-31/event-source-mappings/${id}`
const schedulePath = (name: string): string => `/schedules/${name}`

/** What GetSchedule tells beyond what UpdateSchedule takes. */
const readOnly = ['Arn', 'Name', 'CreationDate', 'LastModificationDate']

/** Whether a connection is polled and whether its queue is worked on, as AWS has it. */
export async function switchesOf(
  aws: AwsApi,
  { eventSourceMapping, schedule }: DeployedConnection,
): Promise<{ polled?: boolean; written: boolean }> {
  const [mapping, polling] = await Promise.all([
    read<{ State?: string }>(aws, 'lambda', mappingPath(eventSourceMapping)),
    schedule === undefined ? undefined : read<{ State?: string }>(aws, 'scheduler', schedulePath(schedule)),
  ])
  const written = mapping.State !== 'Disabled' && mapping.State !== 'Disabling'
  return polling ? { polled: polling.State !== 'DISABLED', written } : { written }
}

/** Switches the work on a connection's push queue on or off. */
export const switchWriting = async (
  aws: AwsApi,
  { eventSourceMapping }: DeployedConnection,
  on: boolean,
): Promise<void> =>
  void (await aws.rest('lambda', 'PUT', mappingPath(eventSourceMapping), JSON.stringify({ Enabled: on })))

/** Switches a connection's schedule on or off. UpdateSchedule replaces the whole of it, so all of it is sent. */
export async function switchPolling(aws: AwsApi, { schedule }: DeployedConnection, on: boolean): Promise<void> {
  if (schedule === undefined) return
  const now = await read<Record<string, unknown>>(aws, 'scheduler', schedulePath(schedule))
  const kept = Object.entries(now).filter(([field]) => !readOnly.includes(field))
  const wanted = { ...Object.fromEntries(kept), State: on ? 'ENABLED' : 'DISABLED' }
  await aws.rest('scheduler', 'PUT', schedulePath(schedule), JSON.stringify(wanted))
}

const read = async <T>(aws: AwsApi, service: 'lambda' | 'scheduler', path: string): Promise<T> =>
  JSON.parse((await aws.rest(service, 'GET', path)).toString())
