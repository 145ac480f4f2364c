import type { Resolved, Resources } from './deploy.ts'
import type { Deployment, FunctionDefinition, MappingDefinition, RuleDefinition, ScheduleDefinition } from './model.ts'
import { TemplateError } from './read.ts'

type Properties = Record<string, unknown>

/** Everything that runs: functions, what invokes them, and when. */
export function readCompute(resources: Resources): Pick<Deployment, 'functions' | 'mappings' | 'schedules' | 'rules'> {
  return {
    functions: resources
      .ofType('AWS::Lambda::Function')
      .filter((r) => String(r.properties.Runtime).startsWith('nodejs') && (r.properties.Code as Properties).S3Key)
      .map((r) => readFunction(r, resources)),
    mappings: resources.ofType('AWS::Lambda::EventSourceMapping').map((r) => readMapping(r, resources)),
    schedules: resources.ofType('AWS::Scheduler::Schedule').map(readSchedule),
    rules: resources.ofType('AWS::Events::Rule').map(readRule),
  }
}

function readFunction({ id, name, arn, properties }: Resolved, resources: Resources): FunctionDefinition {
  const objectKey = String((properties.Code as Properties).S3Key)
  const code = resources.assets[objectKey]
  if (!code) throw new TemplateError(`${id}: its code ${objectKey} is not among the assets of the assembly`)
  const role = resources.find(properties.Role, 'AWS::IAM::Role')
  if (!role) throw new TemplateError(`${id}: its role is not in the template`)
  const logging = properties.LoggingConfig as { LogGroup?: string } | undefined
  const asynchronous = resources
    .ofType('AWS::Lambda::EventInvokeConfig')
    .find((r) => r.properties.FunctionName === name || r.properties.FunctionName === arn)
  const reserved = properties.ReservedConcurrentExecutions
  return {
    id,
    name,
    arn,
    role: role.id,
    handler: String(properties.Handler),
    code,
    environment: ((properties.Environment as Properties | undefined)?.Variables ?? {}) as Record<string, string>,
    timeoutMs: Number(properties.Timeout ?? 3) * 1000,
    memoryMb: Number(properties.MemorySize ?? 128),
    ...(reserved === undefined ? {} : { reservedConcurrency: Number(reserved) }),
    tracing: (properties.TracingConfig as Properties | undefined)?.Mode === 'Active',
    logGroup: logging?.LogGroup ?? `/aws/lambda/${name}`,
    asyncRetries: Number(asynchronous?.properties.MaximumRetryAttempts ?? 2),
  }
}

function readMapping({ id, name, arn, properties }: Resolved, resources: Resources): MappingDefinition {
  const handler = resources.find(properties.FunctionName, 'AWS::Lambda::Function')
  const queue = resources.find(properties.EventSourceArn, 'AWS::SQS::Queue')
  if (!handler || !queue)
    throw new TemplateError(`${id}: only mappings from a queue to a function of this template run`)
  if (properties.FilterCriteria) throw new TemplateError(`${id}: FilterCriteria is not known here`)
  const concurrency = (properties.ScalingConfig as Properties | undefined)?.MaximumConcurrency
  return {
    id,
    name,
    arn,
    function: handler.id,
    queue: queue.name,
    batchSize: Number(properties.BatchSize ?? 10),
    batchingWindowMs: Number(properties.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    ...(concurrency === undefined ? {} : { maximumConcurrency: Number(concurrency) }),
    reportBatchItemFailures: ((properties.FunctionResponseTypes as string[] | undefined) ?? []).includes(
      'ReportBatchItemFailures',
    ),
    enabled: properties.Enabled !== false,
  }
}

function readSchedule({ id, name, arn, properties }: Resolved): ScheduleDefinition {
  const target = properties.Target as { Arn: string; RoleArn: string; Input?: string }
  return {
    id,
    name,
    arn,
    group: String(properties.GroupName ?? 'default'),
    expression: String(properties.ScheduleExpression),
    timezone: String(properties.ScheduleExpressionTimezone ?? 'UTC'),
    enabled: properties.State !== 'DISABLED',
    target: target.Arn,
    ...(target.Input === undefined ? {} : { input: target.Input }),
    role: target.RoleArn,
    properties,
  }
}

interface TargetProperties {
  Arn: string
  Input?: string
  InputPath?: string
  InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string }
  SqsParameters?: { MessageGroupId: string }
}

function readRule({ id, name, arn, properties }: Resolved): RuleDefinition {
  if (properties.ScheduleExpression)
    throw new TemplateError(`${id}: a rule with a schedule is not run here; use AWS::Scheduler::Schedule`)
  const targets = (properties.Targets ?? []) as TargetProperties[]
  return {
    id,
    name,
    arn,
    bus: String(properties.EventBusName ?? 'default').replace(/^.*\//, ''),
    ...(properties.EventPattern ? { pattern: properties.EventPattern as Properties } : {}),
    enabled: properties.State !== 'DISABLED',
    targets: targets.map((t) => ({
      arn: t.Arn,
      ...(t.Input === undefined ? {} : { input: t.Input }),
      ...(t.InputPath === undefined ? {} : { inputPath: t.InputPath }),
      ...(t.InputTransformer
        ? { transformer: { paths: t.InputTransformer.InputPathsMap ?? {}, template: t.InputTransformer.InputTemplate } }
        : {}),
      ...(t.SqsParameters ? { messageGroup: t.SqsParameters.MessageGroupId } : {}),
    })),
  }
}
