import type { Resolved, Resources } from './deploy.ts'
import type { Deployment, PolicyDocument, RoleDefinition } from './model.ts'
import { TemplateError } from './read.ts'

/** The AWS managed policies a function's role may name. */
const managed: Record<string, PolicyDocument> = {
  'service-role/AWSLambdaBasicExecutionRole': {
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  },
  AWSXRayDaemonWriteAccess: {
    Statement: [{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }],
  },
}

/** Roles with all their policies, policies on resources, and who may invoke a function without a role. */
export function readAccess(resources: Resources): Pick<Deployment, 'roles' | 'resourcePolicies' | 'invokePermissions'> {
  return {
    roles: resources.ofType('AWS::IAM::Role').map((r) => readRole(r, resources)),
    resourcePolicies: readResourcePolicies(resources),
    invokePermissions: resources.ofType('AWS::Lambda::Permission').map(({ properties }) => ({
      function: String(properties.FunctionName),
      principal: String(properties.Principal),
      ...(properties.SourceArn === undefined ? {} : { sourceArn: String(properties.SourceArn) }),
    })),
  }
}

function readRole({ id, name, arn, properties }: Resolved, resources: Resources): RoleDefinition {
  const inline = ((properties.Policies ?? []) as { PolicyName: string; PolicyDocument: PolicyDocument }[]).map((p) => ({
    name: p.PolicyName,
    policy: p.PolicyDocument,
  }))
  const attached = resources
    .ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
    .filter((r) => ((r.properties.Roles ?? []) as string[]).includes(name))
    .map((r) => ({ name: r.id, policy: r.properties.PolicyDocument as PolicyDocument }))
  const named = ((properties.ManagedPolicyArns ?? []) as string[])
    .map((reference) => {
      const own = resources.find(reference, 'AWS::IAM::ManagedPolicy')
      if (own) return { name: own.id, policy: own.properties.PolicyDocument as PolicyDocument }
      const policy = managed[reference.replace(/^.*:policy\//, '')]
      if (!policy) throw new TemplateError(`${id}: the managed policy ${reference} is not known here`)
      return { name: reference, policy: { Version: '2012-10-17', ...policy } }
    })
    .filter((p) => !attached.some((a) => a.name === p.name))
  return { id, name, arn, policies: [...inline, ...attached, ...named] }
}

function readResourcePolicies(resources: Resources): Record<string, PolicyDocument> {
  const policies: Record<string, PolicyDocument> = {}
  const add = (arn: string | undefined, document: unknown) => {
    if (!arn || !document) return
    const statements = [...(policies[arn]?.Statement ?? []), ...(document as PolicyDocument).Statement]
    policies[arn] = { Version: '2012-10-17', Statement: statements }
  }
  for (const { properties } of resources.ofType('AWS::SQS::QueuePolicy'))
    for (const queue of (properties.Queues ?? []) as string[])
      add(resources.find(queue, 'AWS::SQS::Queue')?.arn, properties.PolicyDocument)
  for (const { properties } of resources.ofType('AWS::S3::BucketPolicy'))
    add(resources.find(properties.Bucket, 'AWS::S3::Bucket')?.arn, properties.PolicyDocument)
  for (const { properties } of resources.ofType('AWS::SecretsManager::ResourcePolicy'))
    add(resources.find(properties.SecretId, 'AWS::SecretsManager::Secret')?.arn, properties.ResourcePolicy)
  for (const { arn, properties } of resources.ofType('AWS::KMS::Key')) add(arn, properties.KeyPolicy)
  return policies
}
