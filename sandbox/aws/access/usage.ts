import type { PolicyStatement, RoleDefinition } from '../template/model.ts'
import { type Grant, possible } from './simulate.ts'

/** One permission of a role: one action pattern on one resource pattern of a statement. */
export interface Permission {
  /** Logical id of the role. */
  role: string
  policy: string
  /** The statement's Sid, or its number from 1. */
  statement: string
  action: string
  resource: string
}

/** Which permissions of the template's roles a run made use of. */
export interface Usage {
  record(role: string, grants: Grant[]): void
  used(): Permission[]
  /** Takes over what another run used, so that several runs together can be judged. */
  add(permissions: Permission[]): void
  /** Permissions that nothing used so far: a role that is wider than it needs to be, or a path that no test takes. */
  unused(): Promise<Permission[]>
}

const keyOf = ({ role, policy, statement, action, resource }: Permission): string =>
  [role, policy, statement, action, resource].join('\n')
const list = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** @param roles those to be judged: of functions and schedules */
export function createUsage(roles: RoleDefinition[], account: string): Usage {
  const used = new Map<string, Permission>()
  const permissions = (role: RoleDefinition): Permission[] =>
    role.policies.flatMap(({ name, policy }) =>
      policy.Statement.flatMap((statement: PolicyStatement, index) =>
        statement.Effect === 'Deny'
          ? []
          : list(statement.Action).flatMap((action) =>
              list(statement.Resource).map((resource) => ({
                role: role.id,
                policy: name,
                statement: statement.Sid ?? String(index + 1),
                action,
                resource,
              })),
            ),
      ),
    )
  const add = (found: Permission[]) => {
    for (const permission of found) used.set(keyOf(permission), permission)
  }
  return {
    record: (role, grants) => add(grants.map((grant) => ({ role, ...grant }))),
    used: () => [...used.values()],
    add,
    unused: async () => {
      const open = roles.flatMap(permissions).filter((permission) => !used.has(keyOf(permission)))
      const real = await Promise.all(open.map(({ action, resource }) => possible(action, resource, account)))
      return open.filter((_, i) => real[i])
    },
  }
}
