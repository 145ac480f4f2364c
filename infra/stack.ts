import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib'
import { EventBus } from 'aws-cdk-lib/aws-events'
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { CfnBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { type Config, integrationInstances, routesOf } from '../lib/config/config.ts'
import { systems } from '../lib/config/register.ts'
import { acknowledge } from './acknowledge.ts'
import { Alarms } from './alarms.ts'
import { Connection } from './connection.ts'
import { Overview } from './dashboard.ts'
import { Keeper } from './keeper.ts'
import { Mapper, mapTimeout } from './mapper.ts'
import type { StackOutputs } from './outputs.ts'
import { OrderedQueue } from './queue.ts'
import { Storage } from './storage.ts'
import type { Surroundings } from './surroundings.ts'
import { Watcher } from './watcher.ts'
import { Webhooks } from './webhooks.ts'

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
  version: string
}

/** One deployment: everything of one customer's stage, in whatever account and region it is deployed to. */
export class ConnectorStack extends Stack {
  constructor(scope: Construct, config: Config) {
    const production = config.stage === 'prod'
    super(scope, `ml-connector-${config.customer}-${config.stage}`, {
      description: `ml-connector ${version}: ${Object.keys(config.integrations).join(', ')}`,
      terminationProtection: production,
    })
    const around: Surroundings = {
      storage: new Storage(this, 'Storage', { retain: production }),
      // Delivered, held and failed documents are announced here, for whoever wants to subscribe.
      bus: new EventBus(this, 'Bus', { description: 'What became of documents and connections' }),
      documents: new OrderedQueue(this, 'Documents', { workerTimeout: mapTimeout }),
      logs: { retention: config.logRetentionDays as RetentionDays, retain: production },
    }
    const connections = Object.entries(config.connections).map(([name, connection]) => {
      const system = systems[connection.system]
      if (!system) throw new Error(`connection ${name} has an unknown system; a parsed configuration has none`)
      const routes = routesOf(config, name)
      return new Connection(this, `Connection-${name}`, { ...around, name, config: connection, system, routes })
    })
    const told = connections.filter((c) => c.webhook)
    const webhooks = told.length > 0 ? new Webhooks(this, 'Webhooks', { ...around, connections: told }) : undefined
    for (const connection of connections) connection.output(webhooks)
    const integrations = integrationInstances(config)
    const mapper = new Mapper(this, 'Map', { ...around, integrations, connections }).worker
    const keeper = new Keeper(this, 'Keep', { ...around, connections: connections.filter((c) => c.enabled) }).worker
    const polled = connections.filter((c) => c.enabled && c.poller)
    const watcher = new Watcher(this, 'Watch', { ...around, connections: polled }).worker
    const { topic } = new Alarms(this, 'Alarms', {
      ...around,
      connections,
      mapper,
      keeper,
      watcher,
      webhooks,
      email: config.alarmEmail,
    })
    const flows = [...new Set(integrations.flatMap((i) => i.flows))]
    new Overview(this, 'Overview', { ...around, flows, connections, mapper })

    if (config.permissionsBoundary)
      PermissionsBoundary.of(this).apply(
        ManagedPolicy.fromManagedPolicyName(this, 'Boundary', config.permissionsBoundary),
      )
    this.acknowledgePrefixes(around.storage)
    this.tag(config)
    this.output({
      LedgerTable: around.storage.ledger.tableName,
      StateTable: around.storage.state.tableName,
      TablesTable: around.storage.tables.tableName,
      PayloadBucket: around.storage.payloads.bucketName,
      EventBusName: around.bus.eventBusName,
      AlarmTopicArn: topic.topicArn,
      DocumentsQueueUrl: around.documents.queue.queueUrl,
      DocumentsDeadLettersUrl: around.documents.deadLetters.queueUrl,
      MapperFunction: mapper.function.functionName,
      KeeperFunction: keeper.function.functionName,
      WatcherFunction: watcher.function.functionName,
    })
  }

  private acknowledgePrefixes({ payloads }: Storage): void {
    const bucket = this.getLogicalId(payloads.node.defaultChild as CfnBucket)
    for (const prefix of ['ledger', 'tables'])
      acknowledge(this, {
        [`AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${prefix}/*]`]:
          'Object keys are made when a payload is stored; the statement is limited to one prefix of one bucket.',
      })
  }

  private tag(config: Config): void {
    const tags = {
      ...config.tags,
      Project: 'ml-connector',
      Environment: config.stage,
      Customer: config.customer,
      ManagedBy: 'cdk',
      Version: version,
      DataClass: 'confidential',
    }
    for (const [key, value] of Object.entries(tags)) Tags.of(this).add(key, value)
  }

  private output(outputs: StackOutputs): void {
    for (const [key, value] of Object.entries(outputs)) new CfnOutput(this, key, { value })
  }
}
