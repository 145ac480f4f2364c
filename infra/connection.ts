import { CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { type EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { ConnectionConfig } from '../lib/config/config.ts'
import type { ConnectionSlice } from '../lib/config/environment.ts'
import { limits } from '../lib/config/limits.ts'
import type { SystemDefinition } from '../lib/core/system.ts'
import { acknowledge } from './acknowledge.ts'
import { ConnectorFunction } from './function.ts'
import type { ConnectionOutputs } from './outputs.ts'
import { permissions } from './permissions.ts'
import { OrderedQueue } from './queue.ts'
import { Schedule } from './schedule.ts'
import { EmptySecret } from './secret.ts'
import { type Surroundings, sharedArns, sharedEnvironment } from './surroundings.ts'
import { workOn } from './worker.ts'

const pollTimeout = Duration.seconds(limits.pollerTimeoutSeconds)
const pushTimeout = Duration.seconds(limits.pusherTimeoutSeconds)

export interface ConnectionProps extends Surroundings {
  readonly name: string
  readonly config: ConnectionConfig
  readonly system: SystemDefinition
  /** Which flows its documents feed; with none it is written to and never polled. */
  readonly routes: ConnectionSlice['routes']
}

/**
 * One account of a system: its own secrets, poller, push queue and pusher, so that a slow or broken account holds
 * up nobody else and no role reads another account's secret.
 */
export class Connection extends Construct {
  readonly name: string
  readonly enabled: boolean
  readonly writers: number
  readonly push: OrderedQueue
  readonly pusher: ConnectorFunction
  readonly mapping: EventSourceMapping
  /** Absent where the connection is no source of any flow. */
  readonly poller: ConnectorFunction | undefined
  readonly schedule: Schedule | undefined
  readonly secretArn: string
  /** Absent where the system stores no tokens. */
  readonly tokenSecretArn: string | undefined

  constructor(scope: Construct, id: string, props: ConnectionProps) {
    super(scope, id)
    const { name, config, system, routes } = props
    this.name = name
    this.enabled = config.enabled
    this.writers = config.writers

    const secret = (secretId: string, description: string, rotation: string) =>
      new EmptySecret(this, secretId, { description, rotation, key: props.storage.key, retain: props.logs.retain }).arn
    this.secretArn = secret(
      'Credentials',
      `ml-connector: credentials of ${name} (${system.title})`,
      `${system.title} issues these credentials and alone can rotate them; a changed value is used at once.`,
    )
    this.tokenSecretArn = system.storesTokens
      ? secret(
          'Tokens',
          `ml-connector: tokens that ${system.title} issued to ${name}`,
          'Replaced by the functions whenever a token is renewed, many times a day.',
        )
      : undefined

    const slice: ConnectionSlice = {
      name,
      system: config.system,
      settings: config.settings,
      allowHosts: config.allowHosts,
      routes,
    }
    const environment = {
      ...sharedEnvironment(props),
      CONNECTION: JSON.stringify(slice),
      SECRET_ARN: this.secretArn,
      ...(this.tokenSecretArn ? { TOKEN_SECRET_ARN: this.tokenSecretArn } : {}),
    }
    const arns = { ...sharedArns(props), secret: this.secretArn, tokenSecret: this.tokenSecretArn }

    this.push = new OrderedQueue(this, 'Push', { workerTimeout: pushTimeout })
    this.pusher = new ConnectorFunction(this, 'Pusher', {
      kind: 'pusher',
      entry: `push/${config.system}.ts`,
      description: `Writes documents to ${name} (${system.title})`,
      timeout: pushTimeout,
      environment: { ...environment, PUSH_QUEUE_URL: this.push.queue.queueUrl },
      permissions: (logGroup) => permissions.pusher({ ...arns, logGroup, pushQueue: this.push.queue.queueArn }),
      logs: props.logs,
      // The document goes back to the mapper after each write; see there.
      recursiveLoop: RecursiveLoop.ALLOW,
    })
    this.mapping = workOn(this, 'Work', {
      queue: this.push.queue,
      worker: this.pusher.function,
      // One writer is kept by giving all messages one group: AWS allows no mapping less than 2.
      maxConcurrency: Math.max(2, config.writers),
      enabled: config.enabled,
    })

    if (routes.length > 0) {
      this.poller = new ConnectorFunction(this, 'Poller', {
        kind: 'poller',
        entry: `poll/${config.system}.ts`,
        description: `Reads documents from ${name} (${system.title})`,
        timeout: pollTimeout,
        // A page is parsed as a whole and may be tens of megabytes.
        memorySize: 512,
        environment,
        permissions: (logGroup) => permissions.poller({ ...arns, logGroup }),
        logs: props.logs,
      })
      this.poller.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) })
      acknowledge(this.poller, {
        'Serverless-LambdaDLQ': 'A lost poll costs nothing: the cursor stays, and the next poll reads the same page.',
        'Serverless-LambdaAsyncFailureDestination':
          'A failed poll costs nothing but time: the cursor stays, the next poll reads the same page, an alarm tells.',
      })
      this.schedule = new Schedule(this, 'Schedule', {
        description: `Polls ${name}`,
        expression: config.schedule,
        target: this.poller.function,
        enabled: config.enabled,
      })
    }
    this.output(config.system)
  }

  private output(system: string): void {
    const outputs: ConnectionOutputs = {
      name: this.name,
      system,
      pushQueueUrl: this.push.queue.queueUrl,
      deadLettersUrl: this.push.deadLetters.queueUrl,
      pusher: this.pusher.function.functionName,
      eventSourceMapping: this.mapping.eventSourceMappingId,
      poller: this.poller?.function.functionName,
      schedule: this.schedule?.name,
      secretArn: this.secretArn,
      tokenSecretArn: this.tokenSecretArn,
    }
    new CfnOutput(this, 'Outputs', {
      value: Stack.of(this).toJsonString(outputs),
      description: `Parts of ${this.name}`,
    })
  }
}
