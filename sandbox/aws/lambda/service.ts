import { type Answer, type Call, json, type Need, type Request, type Service, ServiceError } from '../call.ts'
import type { Deployment, FunctionDefinition, MappingDefinition } from '../template/model.ts'
import type { Invocation } from './functions.ts'
import type { Switches } from './switches.ts'

const contentType = 'application/json'
const mappings = '/2015-03-31/event-source-mappings'
const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/

export interface Invoker {
  /** Absent where only the data of an earlier run is open. */
  invoke?(definition: FunctionDefinition, event: string): Promise<Invocation>
  invokeLater(definition: FunctionDefinition, event: string): void
}

/** The part of Lambda's API that functions and the command use: invocations, and switching mappings. */
export function createLambdaApi(deployment: Deployment, switches: Switches, invoker: Invoker): Service {
  const functionOf = (reference: string): FunctionDefinition => {
    const name = reference.replace(/^.*:function:/, '')
    const found = deployment.functions.find((f) => f.name === name)
    if (found) return found
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${reference}`, 404)
  }
  const mappingOf = ({ path }: Request): MappingDefinition => {
    const uuid = uuidIn(path)
    const found = deployment.mappings.find((m) => m.name === uuid)
    if (found) return found
    throw new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.', 404)
  }
  const wire = (mapping: MappingDefinition) => ({
    UUID: mapping.name,
    BatchSize: mapping.batchSize,
    EventSourceArn: deployment.queues.find((q) => q.name === mapping.queue)?.arn,
    FunctionArn: deployment.functions.find((f) => f.id === mapping.function)?.arn,
    State: switches.mappingEnabled(mapping) ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    ...(mapping.maximumConcurrency === undefined
      ? {}
      : { ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency } }),
    FunctionResponseTypes: mapping.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
  })
  const listed = ({ query }: Request) =>
    deployment.mappings.filter((m) => {
      const named = query.get('FunctionName')
      return named === null || functionOf(named).id === m.function
    })

  const invoke = async ({ request }: Call): Promise<Answer> => {
    if (!invoker) throw new ServiceError('ServiceException', 'functions do not run while only the data is open', 500)
    const definition = functionOf(invocations.exec(request.path)?.[1] ?? '')
    const event = request.body.length > 0 ? request.body.toString() : '{}'
    if (request.headers['x-amz-invocation-type'] === 'Event') {
      invoker.invokeLater(definition, event)
      return { status: 202, body: '' }
    }
    if (!invoker.invoke)
      throw new ServiceError('ServiceException', 'functions do not run while only the data is open', 500)
    const { outcome } = await invoker.invoke(definition, event)
    const headers = { 'content-type': contentType, 'x-amz-executed-version': '$LATEST' }
    return 'payload' in outcome
      ? { status: 200, headers, body: outcome.payload }
      : {
          status: 200,
          headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
          body: JSON.stringify(outcome.error),
        }
  }

  return {
    name: 'lambda',
    handle: async (call) => {
      const { operation, request, input } = call
      if (operation === 'Invoke') return { answer: await invoke(call), cost: {} }
      if (operation === 'ListEventSourceMappings')
        return { answer: json({ EventSourceMappings: listed(request).map(wire) }, contentType), cost: {} }
      const mapping = mappingOf(request)
      if (operation === 'UpdateEventSourceMapping') {
        const other = Object.keys(input).filter((k) => k !== 'Enabled' && k !== 'FunctionName')
        if (other.length > 0)
          throw new ServiceError(
            'InvalidParameterValueException',
            `only Enabled can be changed here, not ${other.join(', ')}`,
          )
        if (typeof input.Enabled === 'boolean') switches.setMapping(mapping, input.Enabled)
      }
      const status = operation === 'UpdateEventSourceMapping' ? 202 : 200
      return { answer: json(wire(mapping), contentType, status), cost: {} }
    },
    needs: ({ operation, request }): Need[] => {
      if (operation === 'Invoke') {
        const arn = functionOf(invocations.exec(request.path)?.[1] ?? '').arn
        return [{ action: 'lambda:InvokeFunction', resource: arn }]
      }
      if (operation === 'ListEventSourceMappings') return [{ action: `lambda:${operation}`, resource: '*' }]
      const mapping = mappingOf(request)
      const target = deployment.functions.find((f) => f.id === mapping.function)
      const context: Record<string, string> = target ? { 'lambda:FunctionArn': target.arn } : {}
      return [{ action: `lambda:${operation}`, resource: mapping.arn, context }]
    },
    error: ({ code, message, status }) =>
      json(
        { Type: status < 500 ? 'User' : 'Service', Message: message },
        contentType,
        code === 'AccessDeniedException' ? 403 : status,
        {
          'x-amzn-errortype': code,
        },
      ),
  }
}

const uuidIn = (path: string): string => path.slice(mappings.length).replaceAll('/', '')

/** The operation of a request to Lambda's REST API. */
export function lambdaOperation({ method, path }: Request): string {
  if (invocations.test(path) && method === 'POST') return 'Invoke'
  if (path.startsWith(mappings)) {
    const named = uuidIn(path) !== ''
    if (method === 'GET') return named ? 'GetEventSourceMapping' : 'ListEventSourceMappings'
    if (method === 'PUT' && named) return 'UpdateEventSourceMapping'
  }
  throw new ServiceError('UnknownOperationException', `${method} ${path} is not known to the embedded Lambda`, 404)
}
