import { indirect } from '../../infra/permissions.ts'
import { deployment, list, type Statement, textOf, withOdoo } from './deployment.ts'

const built = deployment()
const functions = [
  'ConnectionacumaticaPoller',
  'ConnectionacumaticaPusher',
  'ConnectionspsPoller',
  'ConnectionspsPusher',
  'MapMapper',
  'KeepKeeper',
  'WatchWatcher',
]

/** The logical ids of the resources that a role may use with an action. */
function reach(statements: Statement[], action: string): string[] {
  return statements
    .filter((s) => list(s.Action).includes(action))
    .flatMap((s) => [...textOf(s.Resource).matchAll(/"(?:Ref|Fn::GetAtt)":(?:"|\[")(\w+)/g)].map((m) => m[1] ?? ''))
    .map((id) => id.replace(/[0-9A-F]{8}$/, ''))
    .sort()
}

describe('the roles of the functions', () => {
  it('hold no managed policy and no policy that was added on the way', () => {
    for (const [, role] of built.resources('AWS::IAM::Role')) expect(role.Properties.ManagedPolicyArns).toBeUndefined()
    built.template.resourceCountIs('AWS::IAM::Policy', 0)
  })

  it.each(functions)('%s may do nothing on a wildcard, except below one prefix of the payload bucket', (name) => {
    for (const { Sid, Action, Resource } of built.statements(name)) {
      expect({ Sid, wildcard: list(Action).some((a) => a.includes('*')) }).toEqual({ Sid, wildcard: false })
      const resource = textOf(Resource)
      expect(resource).not.toContain('"*"')
      if (resource.includes('*')) {
        expect(Sid).toMatch(/Payloads$/)
        expect(resource).toMatch(/"Fn::GetAtt":\["StoragePayloads\w+","Arn"\]\},"\/(ledger|tables)\/\*"/)
      }
    }
  })

  it.each(functions)('%s writes its own log and no other', (name) => {
    expect(reach(built.statements(name), 'logs:PutLogEvents')).toEqual([`${name}Log`])
  })

  it.each(['acumatica', 'sps'])('the poller and the pusher of %s read its own secrets and no other', (name) => {
    for (const worker of ['Poller', 'Pusher']) {
      const statements = built.statements(`Connection${name}${worker}`)
      const own = [`Connection${name}CredentialsSecret`, `Connection${name}TokensSecret`]
      expect(reach(statements, 'secretsmanager:GetSecretValue')).toEqual(own)
      expect(reach(statements, 'secretsmanager:PutSecretValue')).toEqual([`Connection${name}TokensSecret`])
    }
  })

  it('the mapper, the keeper and the watcher read no secret', () => {
    for (const name of ['MapMapper', 'KeepKeeper', 'WatchWatcher'])
      expect(textOf(built.statements(name))).not.toContain('secretsmanager')
  })

  it('a pusher takes from its own queue and sends to the documents queue only', () => {
    const statements = built.statements('ConnectionspsPusher')
    expect(reach(statements, 'sqs:ReceiveMessage')).toEqual(['ConnectionspsPushQueue'])
    expect(reach(statements, 'sqs:SendMessage')).toEqual(['DocumentsQueue'])
  })

  it('the mapper sends to every push queue and takes from the documents queue', () => {
    const statements = built.statements('MapMapper')
    expect(reach(statements, 'sqs:SendMessage')).toEqual(['ConnectionacumaticaPushQueue', 'ConnectionspsPushQueue'])
    expect(reach(statements, 'sqs:ReceiveMessage')).toEqual(['DocumentsQueue'])
  })

  it('the keeper switches the event source mappings of the connections and nothing else', () => {
    const switchable = reach(built.statements('KeepKeeper'), 'lambda:UpdateEventSourceMapping')
    expect(switchable.filter((id) => !id.startsWith('AWS'))).toEqual(['ConnectionacumaticaWork', 'ConnectionspsWork'])
    expect(textOf(built.statements('KeepKeeper'))).not.toContain('iam:')
  })

  it('the keeper has the pushers probe and invokes nothing else, and the watcher writes no document', () => {
    const pushers = ['ConnectionacumaticaPusherFunction', 'ConnectionspsPusherFunction']
    expect(reach(built.statements('KeepKeeper'), 'lambda:InvokeFunction')).toEqual(pushers)
    expect(reach(built.statements('WatchWatcher'), 'dynamodb:PutItem')).toEqual(['StorageState'])
  })

  it('nobody may delete from, scan or administer a table', () => {
    const allowed = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']
    for (const name of functions)
      for (const { Action } of built.statements(name))
        expect(list(Action).filter((a) => a.startsWith('dynamodb:') && !allowed.includes(a))).toEqual([])
  })

  it('the key is used only through the services that hold the data', () => {
    for (const name of functions)
      for (const statement of built.statements(name).filter((s) => textOf(s.Action).includes('kms:')))
        expect(Object.keys(statement.Condition?.StringEquals ?? {})).toEqual(['kms:ViaService'])
  })

  it('a schedule may invoke its one function, for this account only', () => {
    const roles = built.resources('AWS::IAM::Role').filter(([id]) => id.includes('ScheduleRole'))
    expect(roles).toHaveLength(4)
    for (const [id, { Properties }] of roles) {
      const worker = { Keep: 'Keeper', Watc: 'Watcher' }[id.slice(0, 4)] ?? 'Poller'
      const own = id.replace(/ScheduleRole\w+$/, `${worker}Function`)
      const [policy] = Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[]
      expect(reach(policy?.PolicyDocument.Statement ?? [], 'lambda:InvokeFunction')).toEqual([own])
      expect(textOf(Properties.AssumeRolePolicyDocument)).toContain('aws:SourceAccount')
    }
  })

  it('every statement that no call of ours uses has its reason, and no reason is left over', () => {
    const told = deployment(withOdoo())
    const all = [...functions, 'ConnectionodooPoller', 'Webhooksodoo']
    const used = new Set(all.flatMap((name) => told.statements(name).map((s) => s.Sid)))
    for (const [sid, reason] of Object.entries(indirect)) {
      expect(used).toContain(sid)
      expect(reason.length).toBeGreaterThan(40)
    }
  })
})
