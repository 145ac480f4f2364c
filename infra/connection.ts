import { CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { type EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { ConnectionConfig } from '../lib/config/config.ts'
import type { ConnectionSlice } from '../lib/config/environment.ts'
import { limits } from '../lib/config/limits.ts'
import type { SystemDefinition } from '../lib/core/system.ts'
import { acknowledge } from './acknowledge.ts'
import { ConnectorFunction } from './function.ts'
import { Hints } from './hints.ts'
import type { ConnectionOutputs } from './outputs.ts'
import { permissions } from './permissions.ts'
import { OrderedQueue } from './queue.ts'
import { Schedule } from './schedule.ts'
import { EmptySecret, GeneratedSecret } from './secret.ts'
import { type Surroundings, sharedArns, sharedEnvironment } from './surroundings.ts'
import type { Webhooks } from './webhooks.ts'
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

/** Where a connection is told that something changed. */
export interface ConnectionWebhook {
  readonly hints: Hints
  readonly secretArn: string
  /** Of signed deliveries: ids of the channels that are taken, none = every one. Absent where there are only nudges. */
  readonly channels?: readonly number[]
}

/**
 * One account of a system: its own secrets, poller, push queue and pusher, so that a slow or broken account holds
 * up nobody else and no role reads another account's secret.
 */
export class Connection extends Construct {
  readonly name: string
  readonly system: string
  readonly enabled: boolean
  readonly writers: number
  readonly push: OrderedQueue
  readonly pusher: ConnectorFunction
  readonly mapping: EventSourceMapping
  /** Absent where the connection is no source of any flow. */
  readonly poller: ConnectorFunction | undefined
  readonly schedule: Schedule | undefined
  /** When it is polled: rate(...) or cron(...). */
  readonly polls: string
  readonly secretArn: string
  /** Absent where the system stores no tokens. */
  readonly tokenSecretArn: string | undefined
  /** Absent where its system has no webhook, nothing is read from it, or the configuration wants none. */
  readonly webhook: ConnectionWebhook | undefined

  constructor(scope: Construct, id: string, props: ConnectionProps) {
    super(scope, id)
    const { name, config, system, routes } = props
    this.name = name
    this.system = config.system
    this.enabled = config.enabled
    this.writers = config.writers
    this.polls = config.schedule

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
      this.webhook = this.webhookOf(props)
      const hintsQueue = this.webhook?.hints.queue
      this.poller = new ConnectorFunction(this, 'Poller', {
        kind: 'poller',
        entry: `poll/${config.system}.ts`,
        description: `Reads documents from ${name} (${system.title})`,
        timeout: pollTimeout,
        // A page is parsed as a whole and may be tens of megabytes.
        memorySize: 512,
        environment: { ...environment, ...(hintsQueue ? { HINTS_QUEUE_URL: hintsQueue.queueUrl } : {}) },
        permissions: (logGroup) => permissions.poller({ ...arns, logGroup, hintsQueue: hintsQueue?.queueArn }),
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
      this.webhook?.hints.wake(this.poller.function, config.enabled)
    }
  }

  private webhookOf({ name, config, system, storage, logs }: ConnectionProps): Connection['webhook'] {
    if (!system.webhook || !config.webhook) return undefined
    const { kind } = system.webhook
    const hints = new Hints(this, 'Hints', { kind, settleSeconds: system.webhook.settleSeconds(config.settings) })
    if (kind === 'signed') {
      const { arn } = new EmptySecret(this, 'Webhook', {
        description: `ml-connector: what ${system.title} signs the deliveries of ${name} with`,
        rotation: 'Agreed with the sender: "ml-connector webhook --rotate" registers a new one beside the old.',
        key: storage.key,
        retain: logs.retain,
      })
      return { hints, secretArn: arn, channels: system.webhook.channels(config.settings) }
    }
    const secret = new GeneratedSecret(this, 'Webhook', {
      description: `ml-connector: what the webhook URL of ${name} ends with`,
      rotation: 'A person pastes it into the sender: "ml-connector webhook --rotate" makes a new one beside the old.',
      key: storage.key,
      retain: logs.retain,
    })
    return { hints, secretArn: secret.arn }
  }

  /** Tells the command where its parts are. */
  output(webhooks: Webhooks | undefined): void {
    const outputs: ConnectionOutputs = {
      name: this.name,
      system: this.system,
      pushQueueUrl: this.push.queue.queueUrl,
      deadLettersUrl: this.push.deadLetters.queueUrl,
      pusher: this.pusher.function.functionName,
      eventSourceMapping: this.mapping.eventSourceMappingId,
      poller: this.poller?.function.functionName,
      schedule: this.schedule?.name,
      secretArn: this.secretArn,
      tokenSecretArn: this.tokenSecretArn,
      webhook:
        this.webhook && webhooks
          ? {
              url: webhooks.url(this),
              secretArn: this.webhook.secretArn,
              function: webhooks.functions.get(this.system)?.function.functionName ?? '',
              hintsQueueUrl: this.webhook.hints.queue.queueUrl,
            }
          : undefined,
    }
    new CfnOutput(this, 'Outputs', {
      value: Stack.of(this).toJsonString(outputs),
      description: `Parts of ${this.name}`,
    })
  }
}
