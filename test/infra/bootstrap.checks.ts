import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boundary, deployPolicies, type Policy } from '../../infra/bootstrap/policies.ts'
import { bootstrapTemplate, policyLimit, sizeOf } from '../../infra/bootstrap/template.ts'
import { deployment, root, type Statement, withOdoo } from './deployment.ts'

/** Everything a deployment may hold: webhooks, stored tokens, mail, and roles inside the boundary. */
const { template, resources } = deployment({
  ...withOdoo(),
  alarmEmail: 'ops@example.com',
  permissionsBoundary: 'ml-connector-boundary',
})
const used = [
  ...new Set(Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type)),
]

/**
 * What CloudFormation calls to create, read, change and delete a resource of each type, as the types' own handlers list
 * it. A type that is not here fails the test: whoever adds one says what deploying it takes.
 */
const handlers: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE',
  'AWS::ApiGatewayV2::Integration': 'apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE',
  'AWS::ApiGatewayV2::Route': 'apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE',
  'AWS::ApiGatewayV2::Stage':
    'apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE logs:CreateLogDelivery',
  'AWS::CloudWatch::Alarm': 'cloudwatch:PutMetricAlarm cloudwatch:DescribeAlarms cloudwatch:DeleteAlarms',
  'AWS::CloudWatch::Dashboard': 'cloudwatch:PutDashboard cloudwatch:GetDashboard cloudwatch:DeleteDashboards',
  'AWS::DynamoDB::Table':
    'dynamodb:CreateTable dynamodb:DescribeTable dynamodb:UpdateTable dynamodb:DeleteTable dynamodb:UpdateTimeToLive dynamodb:UpdateContinuousBackups dynamodb:TagResource kms:CreateGrant kms:DescribeKey',
  'AWS::Events::EventBus': 'events:CreateEventBus events:DescribeEventBus events:DeleteEventBus events:TagResource',
  'AWS::Events::Rule': 'events:PutRule events:PutTargets events:RemoveTargets events:DeleteRule events:DescribeRule',
  'AWS::IAM::Role': 'iam:CreateRole iam:GetRole iam:PutRolePolicy iam:DeleteRolePolicy iam:DeleteRole iam:TagRole',
  'AWS::KMS::Key':
    'kms:CreateKey kms:DescribeKey kms:EnableKeyRotation kms:PutKeyPolicy kms:TagResource kms:ScheduleKeyDeletion',
  'AWS::Lambda::EventInvokeConfig': 'lambda:PutFunctionEventInvokeConfig lambda:DeleteFunctionEventInvokeConfig',
  'AWS::Lambda::EventSourceMapping':
    'lambda:CreateEventSourceMapping lambda:GetEventSourceMapping lambda:UpdateEventSourceMapping lambda:DeleteEventSourceMapping',
  'AWS::Lambda::Function':
    'lambda:CreateFunction lambda:GetFunction lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration lambda:DeleteFunction lambda:PutFunctionRecursionConfig lambda:TagResource iam:PassRole s3:GetObject',
  'AWS::Lambda::Permission': 'lambda:AddPermission lambda:RemovePermission lambda:GetPolicy',
  'AWS::Logs::LogGroup': 'logs:CreateLogGroup logs:PutRetentionPolicy logs:DeleteLogGroup logs:DescribeLogGroups',
  'AWS::S3::Bucket':
    's3:CreateBucket s3:PutEncryptionConfiguration s3:PutBucketVersioning s3:PutLifecycleConfiguration s3:PutBucketPublicAccessBlock s3:PutBucketOwnershipControls s3:DeleteBucket s3:PutBucketTagging',
  'AWS::S3::BucketPolicy': 's3:PutBucketPolicy s3:GetBucketPolicy s3:DeleteBucketPolicy',
  'AWS::SNS::Subscription': 'sns:Subscribe sns:Unsubscribe sns:GetSubscriptionAttributes',
  'AWS::SNS::Topic': 'sns:CreateTopic sns:SetTopicAttributes sns:GetTopicAttributes sns:DeleteTopic sns:TagResource',
  'AWS::SNS::TopicPolicy': 'sns:SetTopicAttributes',
  'AWS::SQS::Queue': 'sqs:CreateQueue sqs:GetQueueAttributes sqs:SetQueueAttributes sqs:DeleteQueue sqs:TagQueue',
  'AWS::SQS::QueuePolicy': 'sqs:SetQueueAttributes',
  'AWS::Scheduler::Schedule':
    'scheduler:CreateSchedule scheduler:GetSchedule scheduler:UpdateSchedule scheduler:DeleteSchedule iam:PassRole',
  'AWS::SecretsManager::Secret':
    'secretsmanager:CreateSecret secretsmanager:DescribeSecret secretsmanager:UpdateSecret secretsmanager:DeleteSecret secretsmanager:TagResource secretsmanager:GetRandomPassword',
}

const granted = new Set(deployPolicies.flatMap(({ statements }) => statements.flatMap(({ Action }) => Action)))

test.each(used.filter((type) => type !== 'AWS::CDK::Metadata'))('%s can be deployed, changed and removed', (type) => {
  expect(Object.keys(handlers)).toContain(type)
  expect((handlers[type] ?? '').split(' ').filter((action) => !granted.has(action))).toEqual([])
})

test.each([boundary, ...deployPolicies])('$name fits into a managed policy and has no wildcard action', (policy) => {
  expect(sizeOf(policy)).toBeLessThanOrEqual(policyLimit)
  const actions = policy.statements.flatMap(({ Action }) => Action)
  expect(actions.filter((action) => action.includes('*'))).toEqual([])
})

test('whoever deploys cannot make a role that may do more than the boundary', () => {
  const making = deployPolicies.flatMap(({ statements }) =>
    statements.filter(({ Action }) =>
      Action.some((action) => /^iam:(Create|PutRolePol|Attach|PutRolePermissions|PassRole)/.test(action)),
    ),
  )
  expect(making.map(({ Sid }) => Sid)).toEqual(['RolesInsideTheBoundary', 'PassRoles'])
  for (const { Condition } of making) expect(Condition).toBeDefined()
  const roles = resources('AWS::IAM::Role').map(([, role]) => role.Properties.PermissionsBoundary)
  expect(roles.length).toBeGreaterThan(5)
  for (const bound of roles) expect(JSON.stringify(bound)).toContain('policy/ml-connector-boundary')
})

test('whoever deploys does not read a secret, a document or a message', () => {
  for (const action of ['secretsmanager:GetSecretValue', 'dynamodb:GetItem', 'dynamodb:Scan', 'sqs:ReceiveMessage'])
    expect(granted).not.toContain(action)
})

test('what stands for all resources is only what cannot be named, or is bound by a condition', () => {
  const everywhere = (policy: Policy) =>
    policy.statements.filter(({ Resource, Condition }) => Resource === '*' && !Condition).map(({ Sid }) => Sid)
  expect(deployPolicies.flatMap(everywhere)).toEqual(['Password', 'LogDelivery', 'SeeAlarms'])
  expect(everywhere(boundary)).toEqual([])
})

test('the boundary lets every function do what its own role says', () => {
  const within = new Set(boundary.statements.flatMap(({ Action }) => Action))
  const own = resources('AWS::IAM::Role').flatMap(([, { Properties }]) =>
    ((Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    ),
  )
  expect(own.length).toBeGreaterThan(30)
  expect(own.flatMap(({ Action }) => Action).filter((action) => !within.has(action))).toEqual([])
})

test('the template leaves account, region and partition to CloudFormation', () => {
  const text = JSON.stringify(bootstrapTemplate())
  expect(text).not.toMatch(/\d{12}/)
  expect(text).not.toMatch(/"[^"]*\$\{[^"]*"(?!\})/)
})

test('the template is written where nothing was before', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ml-connector-bootstrap-'))
  const file = join(directory, 'cdk.out', 'bootstrap.json')
  spawnSync(process.execPath, ['infra/bootstrap/template.ts', file], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(bootstrapTemplate())
  rmSync(directory, { recursive: true })
})
