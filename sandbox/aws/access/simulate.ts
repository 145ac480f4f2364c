import { runSimulation } from '@cloud-copilot/iam-simulate'
import type { Need } from '../call.ts'
import type { PolicyDocument, RoleDefinition } from '../template/model.ts'

/** A statement that allowed a request, and the patterns in it that did. */
export interface Grant {
  policy: string
  /** The statement's Sid, or its number from 1. */
  statement: string
  action: string
  resource: string
}

export interface Verdict {
  allowed: boolean
  /** Why not, as AWS words it. */
  reason: string
  grants: Grant[]
}

export interface Principal {
  arn: string
  account: string
  policies: RoleDefinition['policies']
}

interface Explained {
  policyId?: string
  explain: {
    identifier: string
    actions?: Match<'action'> | Match<'action'>[]
    resources?: Match<'resource'> | Match<'resource'>[]
  }
}
type Match<Key extends string> = { [k in Key]: string } & { matches: boolean }

/**
 * Asks IAM's own evaluation logic whether a principal may do something.
 * Throws where the policies or the request cannot be evaluated: a fault of the template or of the embedded AWS.
 */
export async function simulate(
  principal: Principal,
  need: Need,
  resourcePolicy: PolicyDocument | undefined,
): Promise<Verdict> {
  const result = await runSimulation(
    {
      request: {
        principal: principal.arn,
        action: need.action,
        resource: { resource: need.resource, accountId: principal.account },
        contextVariables: { 'aws:SecureTransport': 'true', 'aws:PrincipalAccount': principal.account, ...need.context },
      },
      identityPolicies: principal.policies,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy ? { resourcePolicy } : {}),
    },
    {},
  )
  if (result.resultType === 'error')
    throw new Error(`cannot evaluate ${need.action} on ${need.resource}: ${JSON.stringify(result.errors)}`)
  const analysis = result.resultType === 'single' ? result.result.analysis : result.results[0]?.analysis
  const allowing = (analysis?.identityAnalysis?.allowStatements ?? []) as Explained[]
  return {
    allowed: result.overallResult === 'Allowed',
    reason:
      result.overallResult === 'ExplicitlyDenied'
        ? 'with an explicit deny in a policy'
        : `because no identity-based policy allows the ${need.action} action`,
    grants: allowing.flatMap(({ policyId, explain }) =>
      matching(explain.actions, 'action').flatMap((action) =>
        matching(explain.resources, 'resource').map((resource) => ({
          policy: policyId ?? '',
          statement: explain.identifier,
          action,
          resource,
        })),
      ),
    ),
  }
}

const matching = <Key extends string>(found: Match<Key> | Match<Key>[] | undefined, key: Key): string[] =>
  (found === undefined ? [] : Array.isArray(found) ? found : [found]).filter((m) => m.matches).map((m) => m[key])

/** Whether IAM knows this action on this kind of resource at all ("dynamodb:PutItem" on an index is nothing). */
export async function possible(action: string, resourcePattern: string, account: string): Promise<boolean> {
  if (action.includes('*') || resourcePattern === '*') return true
  // To IAM's data an index is a table with a long name.
  if (/^arn:aws:dynamodb:.*\/index\//.test(resourcePattern)) return /^dynamodb:(Query|Scan)$/.test(action)
  const resource = resourcePattern.replaceAll('*', 'x')
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account}:role/any`,
        action,
        resource: { resource, accountId: account },
        contextVariables: {},
      },
      identityPolicies: [{ name: 'everything', policy: everything }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  )
  return result.resultType !== 'error'
}
