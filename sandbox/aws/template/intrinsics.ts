import { identify } from './identifiers.ts'
import { type CloudFormation, type Surroundings, TemplateError } from './read.ts'

/** Resolves the intrinsic functions of one template to plain JSON, the way CloudFormation would at a deployment. */
export interface Resolver {
  /** `undefined` where it resolves to AWS::NoValue. */
  resolve(value: unknown): unknown
  condition(name: string): boolean
}

type Handler = (argument: unknown) => unknown

/** @param url where queue URLs point: the endpoint's own address */
export function createResolver(template: CloudFormation, surroundings: Surroundings): Resolver {
  const resources = template.Resources
  const pseudo: Record<string, unknown> = {
    'AWS::Region': surroundings.region,
    'AWS::AccountId': surroundings.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': surroundings.stack,
    'AWS::StackId': `arn:aws:cloudformation:${surroundings.region}:${surroundings.account}:stack/${surroundings.stack}/1`,
    'AWS::NoValue': undefined,
    'AWS::NotificationARNs': [],
  }

  const ref = (name: string): unknown => {
    if (name in pseudo) return pseudo[name]
    const parameter = template.Parameters?.[name]
    if (parameter) return parameter.Default ?? fail(`parameter ${name} has no default`)
    return attributesOf(name).ref
  }
  const getAtt = (name: string, attribute: string): unknown =>
    attributesOf(name).attributes[attribute] ?? fail(`${name} has no attribute ${attribute} here`)
  const attributesOf = (id: string) => {
    const resource = resources[id] ?? fail(`there is no resource or parameter ${id}`)
    return identify(id, resource, (value) => resolve(value), surroundings)
  }
  const text = (value: unknown): string => {
    const resolved = resolve(value)
    return typeof resolved === 'object' ? fail(`expected text, got ${JSON.stringify(resolved)}`) : String(resolved)
  }
  const list = (value: unknown): unknown[] => {
    const resolved = resolve(value)
    return Array.isArray(resolved) ? resolved : fail(`expected a list, got ${JSON.stringify(resolved)}`)
  }
  const sub: Handler = (argument) => {
    const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}]
    return String(pattern).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, escaped: string, name: string) => {
      if (escaped) return `\${${name}}`
      if (name in (variables as object)) return text((variables as Record<string, unknown>)[name])
      const [id, ...attribute] = name.split('.')
      return text(attribute.length > 0 ? { 'Fn::GetAtt': [id, attribute.join('.')] } : { Ref: name })
    })
  }
  const functions: Record<string, Handler> = {
    Ref: (argument) => ref(String(argument)),
    Condition: (argument) => condition(String(argument)),
    'Fn::GetAtt': (argument) => {
      const [id, ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.')
      return getAtt(String(id), attribute.join('.'))
    },
    'Fn::Sub': sub,
    'Fn::Join': (argument) => {
      const [separator, parts] = argument as [string, unknown]
      return list(parts).map(text).join(separator)
    },
    'Fn::Select': (argument) => {
      const [index, from] = argument as [unknown, unknown]
      return list(from)[Number(text(index))]
    },
    'Fn::Split': (argument) => {
      const [separator, from] = argument as [string, unknown]
      return text(from).split(separator)
    },
    'Fn::If': (argument) => {
      const [name, yes, no] = argument as [string, unknown, unknown]
      return resolve(condition(name) ? yes : no)
    },
    'Fn::Equals': (argument) => {
      const [left, right] = argument as [unknown, unknown]
      return text(left) === text(right)
    },
    'Fn::And': (argument) => (argument as unknown[]).every((a) => resolve(a) === true),
    'Fn::Or': (argument) => (argument as unknown[]).some((a) => resolve(a) === true),
    'Fn::Not': (argument) => resolve((argument as unknown[])[0]) !== true,
    'Fn::FindInMap': (argument) => {
      const [map, first, second] = (argument as unknown[]).map(text) as [string, string, string]
      return template.Mappings?.[map]?.[first]?.[second] ?? fail(`mapping ${map} has no ${first}.${second}`)
    },
    'Fn::Base64': (argument) => Buffer.from(text(argument)).toString('base64'),
    'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => surroundings.region + zone),
  }
  const condition = (name: string): boolean => {
    const expression = template.Conditions?.[name] ?? fail(`there is no condition ${name}`)
    return resolve(expression) === true
  }
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve).filter((v) => v !== undefined)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    const [name, argument] = entries[0] ?? []
    if (entries.length === 1 && name !== undefined) {
      const handler = functions[name]
      if (handler && (name !== 'Condition' || typeof argument === 'string')) return handler(argument)
      if (name.startsWith('Fn::')) return fail(`${name} is not known here`)
    }
    return Object.fromEntries(entries.map(([k, v]) => [k, resolve(v)]).filter(([, v]) => v !== undefined))
  }
  return { resolve, condition }
}

const fail = (message: string): never => {
  throw new TemplateError(message)
}
