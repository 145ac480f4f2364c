import { type Access, createAccess } from './access/authorize.ts'
import type { Service } from './call.ts'
import { type Counter, createCounter } from './counter.ts'
import { createDynamo, type DynamoService } from './dynamodb/service.ts'
import type { Endpoint, Interceptor } from './endpoint.ts'
import { type Bus, createBus } from './events/service.ts'
import { createLambdaApi, type Invoker } from './lambda/service.ts'
import { createSwitches, type Switches } from './lambda/switches.ts'
import { createS3 } from './s3.ts'
import { createSchedulerApi } from './scheduler/service.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import { createMoves, type Moves } from './sqs/moves.ts'
import { createQueues, type Queues } from './sqs/queues.ts'
import { createSqs } from './sqs/service.ts'
import type { State } from './state.ts'
import type { Deployment, RuleTarget } from './template/model.ts'

/** Everything behind the endpoint that works with or without functions. */
export interface Parts {
  state: State
  deployment: Deployment
  access: Access
  counter: Counter
  queues: Queues
  moves: Moves
  dynamo: DynamoService
  secrets: Secrets
  bus: Bus
  switches: Switches
}

export interface PartsOptions {
  state: State
  deployment: Deployment
  endpoint: Endpoint
  now(): number
  invoker: Invoker
  kill(worker: string): Promise<void>
  intercept: Interceptor
  /** Called after a mapping was switched. */
  switched(): void
}

/** Builds the services and puts them behind the endpoint. */
export function createParts(options: PartsOptions): Parts {
  const { state, deployment, now, invoker } = options
  const access = createAccess(deployment)
  const counter = createCounter()
  const queues = createQueues(state, deployment.queues, now)
  const moves = createMoves(state, queues, now)
  const dynamo = createDynamo(state, deployment.tables)
  const secrets = createSecrets(state, deployment.secrets, now)
  const switches = createSwitches(state, options.switched)
  const bus = createBus(state, deployment, now, (target, payload) => deliver(target, payload))

  /** A target that is neither queue nor function (a topic, a log group) is outside of what runs here. */
  const deliver = (target: RuleTarget, payload: string): void => {
    const queue = queues.find(target.arn)
    const definition = deployment.functions.find((f) => f.arn === target.arn)
    if (definition) invoker.invokeLater(definition, payload)
    else if (queue?.arn === target.arn) queues.send(queue, { body: payload, group: target.messageGroup ?? null })
  }
  const services: Service[] = [
    dynamo,
    createSqs(queues, moves),
    createS3(state, deployment.buckets, now, access.may),
    secrets,
    bus,
    createLambdaApi(deployment, switches, invoker),
    createSchedulerApi(deployment, switches),
  ]
  options.endpoint.serve({ services, access, counter, kill: options.kill, intercept: options.intercept })
  return { state, deployment, access, counter, queues, moves, dynamo, secrets, bus, switches }
}
