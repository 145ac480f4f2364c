import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { deliveryPrefix } from '../lib/pipeline/aws/deliveries.ts'
import type { HintTarget } from '../lib/pipeline/hint.ts'
import { acknowledge } from './acknowledge.ts'
import type { Connection } from './connection.ts'
import { ConnectorFunction } from './function.ts'
import { permissions } from './permissions.ts'
import { type Surroundings, sharedArns } from './surroundings.ts'

export interface WebhooksProps extends Surroundings {
  /** Those that have hints. */
  readonly connections: readonly Connection[]
}

/** Why a route asks for no credentials, by kind. */
const open = {
  nudge: 'The sender can show nothing but its URL: the function compares the secret in the path in constant time.',
  signed: 'The sender signs what it sends and nothing else: the function verifies the signature over every byte.',
}

/**
 * The public door: one HTTP API, a route for each connection that can be told that something changed, a small function
 * for each system. The secret of a nudge is a part of the path, so no log line may hold one: access logs name the route,
 * which has `{secret}` in its place. Signed deliveries come to a path without a secret.
 */
export class Webhooks extends Construct {
  readonly api: HttpApi
  /** Who called which route, and how it was answered. */
  readonly log: LogGroup
  /** By system. */
  readonly functions: ReadonlyMap<string, ConnectorFunction>

  constructor(scope: Construct, id: string, props: WebhooksProps) {
    super(scope, id)
    this.api = new HttpApi(this, 'Api', {
      description: 'Where systems tell that something changed',
      createDefaultStage: false,
    })
    this.log = this.serve(props)
    const systems = Map.groupBy(props.connections, (connection) => connection.system)
    this.functions = new Map([...systems].map(([system, own]) => [system, this.functionOf(system, own, props)]))
    for (const [system, worker] of this.functions) this.route(systems.get(system) ?? [], worker)
  }

  /** Of a nudge without the secret. */
  url(connection: Connection): string {
    return `${this.api.apiEndpoint}/webhook/${connection.name}`
  }

  private serve({ logs }: WebhooksProps): LogGroup {
    const log = new LogGroup(this, 'Log', {
      retention: logs.retention,
      removalPolicy: logs.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // At twenty milliseconds a call ten executions at once: a flood leaves the pipeline its share of the account.
      throttle: { rateLimit: 500, burstLimit: 2500 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        // No path, which holds a secret, and no address, which may be a person's.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTime',
            route: '$context.routeKey',
            status: '$context.status',
            bytes: '$context.responseLength',
            milliseconds: '$context.responseLatency',
            error: '$context.error.message',
          }),
        ),
      },
    })
    return log
  }

  private functionOf(system: string, connections: readonly Connection[], props: WebhooksProps): ConnectorFunction {
    const found = connections.flatMap(({ name, webhook }) => (webhook ? [{ name, ...webhook }] : []))
    const targets = found.map(({ name, hints, secretArn, channels }): [string, HintTarget] => [
      name,
      {
        secretArn,
        queueUrl: hints.queue.queueUrl,
        delaySeconds: hints.delaySeconds,
        ...(channels ? { channels } : {}),
      },
    ])
    const signed = found.filter(({ channels }) => channels)
    const worker = new ConnectorFunction(this, system, {
      kind: 'webhook',
      entry: `webhook/${system}.ts`,
      description: `Takes calls of ${system} and has its connections polled`,
      // Longer than it takes to say that it takes too long.
      timeout: Duration.seconds(5),
      // For the CPU: the sender's user waits while a first call shakes hands with two services.
      memorySize: 512,
      environment: {
        CONNECTIONS: Stack.of(this).toJsonString(Object.fromEntries(targets)),
        ...(signed.length > 0 ? { STATE_TABLE: props.storage.state.tableName } : {}),
      },
      permissions: (logGroup) =>
        permissions.webhook({
          ...sharedArns(props),
          logGroup,
          secrets: found.map(({ secretArn }) => secretArn),
          hintsQueues: found.map(({ hints }) => hints.queue.queueArn),
          deliveries: signed.map(({ name }) => deliveryPrefix(name)),
        }),
      logs: props.logs,
    })
    acknowledge(worker, {
      'Serverless-LambdaDLQ':
        'Only invoked by the HTTP API, synchronously: its answer tells the sender what became of it.',
    })
    return worker
  }

  private route(connections: readonly Connection[], worker: ConnectorFunction): void {
    for (const { name, webhook } of connections) {
      const kind = webhook?.channels ? 'signed' : 'nudge'
      const routes = this.api.addRoutes({
        path: `/webhook/${name}${kind === 'signed' ? '' : '/{secret}'}`,
        methods: [HttpMethod.POST],
        integration: new HttpLambdaIntegration(`Integration-${name}`, worker.function),
      })
      for (const route of routes) acknowledge(route, { 'AwsSolutions-APIG4': open[kind] })
    }
  }
}
