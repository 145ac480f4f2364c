import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { boundary, deployPolicies, type Policy } from './policies.ts'

/** AWS takes a managed policy of this many characters, blanks not counted. */
export const policyLimit = 6144

/** Qualifier of the bootstrap: other CDK apps of the account keep their own. */
export const qualifier = 'mlconn'

const document = ({ statements }: Policy) => ({ Version: '2012-10-17', Statement: statements })

/** Every `${AWS::…}` in a document as CloudFormation substitutes it. */
const substituted = (value: unknown): unknown => {
  if (typeof value === 'string') return value.includes('${') ? { 'Fn::Sub': value } : value
  if (Array.isArray(value)) return value.map(substituted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substituted(inner)]))
}

const idOf = ({ name }: Policy): string =>
  name.replaceAll(/(^|-)(\w)/g, (_whole, _dash, letter: string) => letter.toUpperCase())

/**
 * The template that an administrator of the customer's account deploys once, before `cdk bootstrap`: the boundary of our
 * roles and the policies of the role that deploys us.
 */
export function bootstrapTemplate() {
  const policies = [boundary, ...deployPolicies]
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'ml-connector: what may deploy it, and the most that its functions may ever do',
    Resources: Object.fromEntries(
      policies.map((policy) => [
        idOf(policy),
        {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: {
            ManagedPolicyName: policy.name,
            Description: policy.description,
            PolicyDocument: substituted(document(policy)),
          },
        },
      ]),
    ),
    Outputs: {
      ExecutionPolicies: {
        Description: 'For cdk bootstrap --cloudformation-execution-policies',
        Value: { 'Fn::Join': [',', deployPolicies.map((policy) => ({ Ref: idOf(policy) }))] },
      },
    },
  }
}

/** Characters that AWS counts of a policy, in an account with the longest names. */
export const sizeOf = (policy: Policy): number =>
  JSON.stringify(document(policy))
    .replaceAll(`\${AWS::Partition}`, 'aws-us-gov')
    .replaceAll(`\${AWS::Region}`, 'ap-southeast-1')
    .replaceAll(`\${AWS::AccountId}`, '123456789012').length

if (import.meta.main) {
  const file = process.argv[2] ?? 'cdk.out/ml-connector-bootstrap.template.json'
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(bootstrapTemplate(), null, 2)}\n`)
  process.stdout.write(`Written: ${file}\n`)
}
