import { readAccess } from './access.ts'
import { readCompute } from './compute.ts'
import { readData } from './data.ts'
import { readHttpApi } from './http-api.ts'
import { identify } from './identifiers.ts'
import { createResolver } from './intrinsics.ts'
import type { Deployment, Resource } from './model.ts'
import { type Surroundings, type Synthesised, TemplateError } from './read.ts'

/** One resource of the template, resolved. */
export interface Resolved extends Resource {
  type: string
  ref: string
  properties: Record<string, unknown>
}

/** The template's resources, as the readers of the parts look at them. */
export interface Resources {
  at: Surroundings
  assets: Record<string, string>
  all: Resolved[]
  ofType(...types: string[]): Resolved[]
  /** Finds by Ref value, physical name or ARN. */
  find(reference: unknown, ...types: string[]): Resolved | undefined
  /** ARN of a customer managed key given by id, ARN or alias; undefined for an AWS managed or absent one. */
  keyArn(reference: unknown): string | undefined
}

/** Types that mean nothing while running on one machine, or that another resource's reader takes along. */
const quiet =
  /^AWS::(CDK::Metadata|CloudWatch::|Logs::|IAM::|KMS::|SNS::|Lambda::(Permission|EventInvokeConfig)|S3::BucketPolicy|SQS::QueuePolicy|SecretsManager::|Events::EventBusPolicy|Scheduler::ScheduleGroup|Backup::|Budgets::|ResourceGroups::|SSM::|Oam::)/
const handled =
  /^AWS::(DynamoDB::(Table|GlobalTable)|SQS::Queue|S3::Bucket|Events::(EventBus|Rule)|Lambda::(Function|EventSourceMapping)|Scheduler::Schedule|ApiGatewayV2::(Api|Route|Integration|Stage))$/

/** Resolves a synthesised stack as if it had been deployed at this endpoint. Throws TemplateError. */
export function deploy(synthesised: Synthesised, at: Surroundings): Deployment {
  const { template, assets } = synthesised
  const resolver = createResolver(template, at)
  const all = Object.entries(template.Resources)
    .filter(([, resource]) => resource.Condition === undefined || resolver.condition(resource.Condition))
    .map(([id, resource]): Resolved => {
      try {
        const identity = identify(id, resource, resolver.resolve, at)
        const properties = (resolver.resolve(resource.Properties ?? {}) ?? {}) as Record<string, unknown>
        return { id, type: resource.Type, name: identity.name, arn: identity.arn, ref: identity.ref, properties }
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error
        throw new TemplateError(`${id} (${resource.Type}): ${error.message}`)
      }
    })
  const resources: Resources = {
    at,
    assets,
    all,
    ofType: (...types) => all.filter((r) => types.includes(r.type)),
    find: (reference, ...types) =>
      all.find((r) => types.includes(r.type) && [r.ref, r.name, r.arn].includes(String(reference))),
    keyArn: (reference) => {
      if (reference === undefined) return undefined
      const alias = resources.find(reference, 'AWS::KMS::Alias')
      return resources.find(alias?.properties.TargetKeyId ?? reference, 'AWS::KMS::Key')?.arn
    },
  }
  const outputs = Object.entries(template.Outputs ?? {}).map(
    ([name, output]) => [name, String(resolver.resolve(output.Value))] as const,
  )
  const httpApi = readHttpApi(resources)
  return {
    stack: at.stack,
    region: at.region,
    account: at.account,
    ...readData(resources),
    ...readCompute(resources),
    ...(httpApi ? { httpApi } : {}),
    ...readAccess(resources),
    outputs: Object.fromEntries(outputs),
    notes: all
      .filter((r) => !quiet.test(r.type) && !handled.test(r.type))
      .map((r) => `${r.id} (${r.type}) is not run by the embedded AWS`),
  }
}
