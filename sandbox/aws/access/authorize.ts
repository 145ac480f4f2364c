import { type Caller, type Need, ServiceError, type ServiceName } from '../call.ts'
import type { Deployment, PolicyDocument, RoleDefinition } from '../template/model.ts'
import { type Principal, simulate, type Verdict } from './simulate.ts'
import { createUsage, type Usage } from './usage.ts'

/** A call that was refused: on AWS it would have been too. */
export interface Denial {
  /** Logical id of the role. */
  role: string
  /** Logical id of the function, or of what acted with the role. */
  by: string
  action: string
  resource: string
  message: string
}

export interface Access {
  /** Throws AWS's access error and records it where the caller's role does not allow all needs; records the use. */
  authorize(caller: Caller, service: ServiceName, needs: Need[]): Promise<void>
  /** For what AWS does with a role on its own (mappings, schedules, logs): records, returns false where refused. */
  use(role: string, by: string, need: Need): Promise<boolean>
  /** Only asks. */
  may(caller: Caller, need: Need): Promise<boolean>
  /** Whether a service (a rule of EventBridge) may act on a resource by the resource's own policy. */
  serviceMay(service: string, need: Need): Promise<boolean>
  denials(): Denial[]
  usage: Usage
}

/** The roles and resource policies of the template, enforced. The operator may do everything. */
export function createAccess(deployment: Deployment): Access {
  const { account } = deployment
  const roles = new Map(deployment.roles.map((role) => [role.id, role]))
  const policyTexts = new Map(deployment.roles.map(({ id, policies }) => [id, JSON.stringify(policies)]))
  const judged = deployment.roles.filter((role) => role.policies.length > 0)
  const usage = createUsage(judged, account)
  const cache = new Map<string, Promise<Verdict>>()
  const denials: Denial[] = []

  const verdictOf = (role: RoleDefinition, session: string, asked: Need): Promise<Verdict> => {
    const need = asConditioned(asked, policyTexts.get(role.id) ?? '')
    const key = JSON.stringify([role.id, need])
    const known = cache.get(key)
    if (known) return known
    const arn = `arn:aws:sts::${account}:assumed-role/${role.name}/${session}`
    const principal = { arn, account, policies: role.policies.map((p) => ({ ...p, policy: versioned(p.policy) })) }
    const verdict = simulate(principal, need, policyOn(need.resource))
    cache.set(key, verdict)
    return verdict
  }
  /** A bucket's policy covers its objects. */
  const policyOn = (resource: string): PolicyDocument | undefined => {
    const owner = resource.startsWith('arn:aws:s3:::') ? (resource.split('/')[0] ?? '') : resource
    const policy = deployment.resourcePolicies[owner]
    return policy && versioned(policy)
  }

  const judge = async (roleId: string, by: string, need: Need): Promise<Verdict> => {
    const role = roles.get(roleId)
    if (!role) throw new Error(`there is no role ${roleId}`)
    const verdict = await verdictOf(role, by, need)
    if (verdict.allowed) usage.record(roleId, verdict.grants)
    else if (!denials.some((d) => d.role === roleId && d.action === need.action && d.resource === need.resource))
      denials.push({
        role: roleId,
        by,
        action: need.action,
        resource: need.resource,
        message: refusal(role, by, need, verdict),
      })
    return verdict
  }
  const refusal = (role: RoleDefinition, by: string, { action, resource }: Need, { reason }: Verdict): string =>
    `User: arn:aws:sts::${account}:assumed-role/${role.name}/${by} is not authorized to perform: ${action} on resource: ${resource} ${reason}`

  return {
    usage,
    denials: () => [...denials],
    use: async (role, by, need) => (await judge(role, by, need)).allowed,
    may: async (caller, need) => {
      if (caller.kind === 'operator') return true
      const role = roles.get(caller.role)
      return role !== undefined && (await verdictOf(role, caller.function, need)).allowed
    },
    serviceMay: async (service, need) => {
      const principal: Principal = { arn: service, account, policies: [] }
      return (await simulate(principal, need, policyOn(need.resource))).allowed
    },
    authorize: async (caller, service, needs) => {
      if (caller.kind === 'operator') return
      const role = roles.get(caller.role)
      if (!role)
        throw new ServiceError(
          'UnrecognizedClientException',
          'The security token included in the request is invalid.',
          403,
        )
      for (const need of needs) {
        const verdict = await judge(role.id, caller.function, need)
        if (verdict.allowed) continue
        const viaKey = need.action.startsWith('kms:') && service === 'sqs'
        throw new ServiceError(
          viaKey ? 'KmsAccessDenied' : 'AccessDeniedException',
          refusal(role, caller.function, need, verdict),
          403,
        )
      }
    },
  }
}

/** A need with the condition keys that the role's policies look at: others would make a verdict for every item. */
function asConditioned({ context, ...need }: Need, policies: string): Need {
  if (!context) return need
  const kept = Object.entries(context).filter(([key]) => policies.includes(`"${key}"`))
  return { ...need, context: Object.fromEntries(kept) }
}

const versioned = (policy: PolicyDocument): PolicyDocument => ({ Version: '2012-10-17', ...policy })
