import { join } from 'node:path'
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, type RecursiveLoop, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type * as z from 'zod'
import type {
  keeperEnvironment,
  mapperEnvironment,
  pollerEnvironment,
  pusherEnvironment,
  watcherEnvironment,
} from '../lib/config/environment.ts'
import type { WebhookEnvironment } from '../lib/pipeline/hint.ts'
import { acknowledge } from './acknowledge.ts'
import { metricsNamespace, serviceName } from './metrics.ts'
import type { FunctionKind, Permission } from './permissions.ts'

const root = join(import.meta.dirname, '..')

/**
 * How every function is bundled: with everything it imports, so that nothing is searched on the runtime's disk.
 * A CommonJS dependency asks for node's own modules by `require`, which an ES module has to make for it first.
 * No source map: reading one costs more of every failure than the one look-up it spares.
 */
export const bundling = {
  format: OutputFormat.ESM,
  mainFields: ['module', 'main'],
  target: 'node24',
  minify: true,
  logLevel: LogLevel.WARNING,
  externalModules: [],
  banner: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);",
} satisfies BundlingOptions

export interface LogProps {
  /** How long the function's log is kept. */
  readonly retention: RetentionDays
  /** True keeps the log group when the stack is deleted. */
  readonly retain: boolean
}

interface CommonProps {
  /** Below functions/: "push/acumatica.ts". */
  readonly entry: string
  readonly description: string
  readonly timeout: Duration
  /**
   * In MB; the CPU share grows with it.
   * @default 256
   */
  readonly memorySize?: number
  /** The role's statements, given the function's own log group. */
  readonly permissions: (logGroupArn: string) => readonly Permission[]
  readonly logs: LogProps
  /**
   * Whether Lambda may see a message come round again.
   * @default RecursiveLoop.TERMINATE
   */
  readonly recursiveLoop?: RecursiveLoop
}

/** What each kind of function asks for (lib/config/environment.ts). */
interface Environments {
  poller: z.input<typeof pollerEnvironment>
  mapper: z.input<typeof mapperEnvironment>
  pusher: z.input<typeof pusherEnvironment>
  keeper: z.input<typeof keeperEnvironment>
  watcher: z.input<typeof watcherEnvironment>
  webhook: WebhookEnvironment
}

/** The kind decides which environment it must be given: complete, or it does not compile. */
export type ConnectorFunctionProps = {
  [Kind in FunctionKind]: CommonProps & { readonly kind: Kind; readonly environment: Environments[Kind] }
}[FunctionKind]

/** One Lambda function with a log group and a role of its own. The role says what permissions.ts says, no more. */
export class ConnectorFunction extends Construct {
  readonly function: NodejsFunction

  constructor(scope: Construct, id: string, props: ConnectorFunctionProps) {
    super(scope, id)
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logs.retention,
      removalPolicy: props.logs.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Permissions: policyOf(props.permissions(logGroup.logGroupArn)) },
    })
    const variables = {
      ...props.environment,
      POWERTOOLS_SERVICE_NAME: serviceName,
      POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
      LOG_LEVEL: 'INFO',
    }
    this.function = new NodejsFunction(this, 'Function', {
      entry: join(root, 'functions', props.entry),
      projectRoot: root,
      depsLockFilePath: join(root, 'package-lock.json'),
      bundling,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 256,
      timeout: props.timeout,
      environment: variables,
      awsSdkConnectionReuse: false,
      logGroup,
      // A grant made by some construct on the way would widen the role unseen.
      role: role.withoutPolicyUpdates(),
      tracing: Tracing.DISABLED,
      recursiveLoop: props.recursiveLoop,
    })
    this.node.addValidation({ validate: () => tooLarge(this, variables) })
    acknowledge(this, {
      'Serverless-LambdaTracing':
        'X-Ray can only be written to with a wildcard resource, which no role here has; the ledger holds the path of ' +
        'each document with every attempt, its time and its error.',
    })
  }
}

function policyOf(permissions: readonly Permission[]): PolicyDocument {
  // A statement over nothing (a keeper of no connection) allows nothing, and IAM refuses it.
  const statements = permissions
    .filter(({ resources }) => resources.length > 0)
    .map(
      ({ sid, actions, resources, conditions }) =>
        new PolicyStatement({ sid, actions: [...actions], resources: [...resources], conditions }),
    )
  return new PolicyDocument({ statements })
}

/** Lambda refuses an environment over 4 KB, and only when deploying. */
function tooLarge(scope: Construct, variables: Record<string, string>): string[] {
  const resolved = Object.entries(Stack.of(scope).resolve(variables) as Record<string, unknown>)
  const size = resolved.reduce((sum, [name, value]) => sum + name.length + deployedSize(value), 0)
  return size > 4096
    ? [`the settings of ${scope.node.path} make an environment of about ${size} bytes; Lambda allows 4096`]
    : []
}

/** Bytes of a value once its references are resolved; one is rarely longer than a queue's URL. */
function deployedSize(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  const join = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']
  return join ? join[1].reduce((sum: number, part) => sum + deployedSize(part), 0) : 130
}
