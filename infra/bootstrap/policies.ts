/** What CloudFormation may do when it deploys this product, and nothing else: instead of the usual AdministratorAccess. */
export interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface Policy {
  readonly name: string
  readonly description: string
  readonly statements: readonly Statement[]
}

/** Placeholders of CloudFormation, so that one template fits every account and region. */
const arn = (service: string, resource: string, options: { region?: boolean } = {}): string =>
  `arn:\${AWS::Partition}:${service}:${options.region === false ? '' : `\${AWS::Region}`}:\${AWS::AccountId}:${resource}`

/** Names that CloudFormation makes begin with the stack's. */
const stacks = 'ml-connector-*'

/** The CDK names a bus after its path, without hyphens. */
const buses = 'mlconnector*'

const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: Statement['Resource'],
  Condition?: Statement['Condition'],
): Statement => ({ Sid, Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) })

const actions = (service: string, names: string): string[] => names.split(' ').map((name) => `${service}:${name}`)

const boundaryName = 'ml-connector-boundary'
export const boundaryArn = `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${boundaryName}`

/** Where what a function does ends, whatever its own role says: no IAM, no other account's resources. */
export const boundary: Policy = {
  name: boundaryName,
  description: 'The most that a role of ml-connector may ever do',
  statements: [
    allow('Tables', actions('dynamodb', 'GetItem PutItem Query'), arn('dynamodb', `table/${stacks}`)),
    allow(
      'Queues',
      actions('sqs', 'SendMessage ReceiveMessage DeleteMessage ChangeMessageVisibility GetQueueAttributes'),
      arn('sqs', stacks),
    ),
    allow('Payloads', actions('s3', 'GetObject PutObject'), `arn:\${AWS::Partition}:s3:::${stacks}/*`),
    // CloudFormation names secrets without the stack's name: the tag that it sets says whose they are.
    allow('Secrets', actions('secretsmanager', 'GetSecretValue PutSecretValue'), arn('secretsmanager', 'secret:*'), {
      StringEquals: { 'aws:ResourceTag/Project': 'ml-connector' },
    }),
    allow('Events', ['events:PutEvents'], arn('events', `event-bus/${buses}`)),
    allow('Logs', actions('logs', 'CreateLogStream PutLogEvents'), arn('logs', `log-group:${stacks}:*`)),
    allow('Keys', actions('kms', 'Decrypt GenerateDataKey'), arn('kms', 'key/*'), {
      StringEquals: { 'aws:ResourceTag/Project': 'ml-connector' },
    }),
    allow(
      'Switches',
      actions('lambda', 'GetEventSourceMapping UpdateEventSourceMapping'),
      arn('lambda', 'event-source-mapping:*'),
    ),
    allow('Invoke', ['lambda:InvokeFunction'], arn('lambda', `function:${stacks}`)),
  ],
}

const data: Policy = {
  name: 'ml-connector-deploy-data',
  description: 'CloudFormation: tables, bucket, key, secrets, queues of ml-connector',
  statements: [
    allow(
      'Tables',
      actions(
        'dynamodb',
        'CreateTable DescribeTable UpdateTable DeleteTable TagResource UntagResource ListTagsOfResource UpdateTimeToLive DescribeTimeToLive UpdateContinuousBackups DescribeContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination GetResourcePolicy',
      ),
      arn('dynamodb', `table/${stacks}`),
    ),
    allow(
      'Bucket',
      actions(
        's3',
        'CreateBucket DeleteBucket ListBucket GetBucketLocation PutBucketTagging GetBucketTagging PutBucketVersioning GetBucketVersioning PutEncryptionConfiguration GetEncryptionConfiguration PutLifecycleConfiguration GetLifecycleConfiguration PutBucketPublicAccessBlock GetBucketPublicAccessBlock PutBucketOwnershipControls GetBucketOwnershipControls PutBucketPolicy GetBucketPolicy DeleteBucketPolicy',
      ),
      `arn:\${AWS::Partition}:s3:::${stacks}`,
    ),
    allow('NewKey', actions('kms', 'CreateKey TagResource'), '*', {
      StringEquals: { 'aws:RequestTag/Project': 'ml-connector' },
    }),
    allow(
      'Key',
      actions(
        'kms',
        'DescribeKey GetKeyPolicy PutKeyPolicy EnableKeyRotation GetKeyRotationStatus UpdateKeyDescription ScheduleKeyDeletion ListResourceTags TagResource UntagResource CreateGrant Decrypt GenerateDataKey Encrypt',
      ),
      arn('kms', 'key/*'),
      { StringEquals: { 'aws:ResourceTag/Project': 'ml-connector' } },
    ),
    allow('NewSecret', actions('secretsmanager', 'CreateSecret TagResource'), arn('secretsmanager', 'secret:*'), {
      StringEquals: { 'aws:RequestTag/Project': 'ml-connector' },
    }),
    // No GetSecretValue: who deploys does not read what is in them.
    allow(
      'Secrets',
      actions('secretsmanager', 'DescribeSecret UpdateSecret DeleteSecret TagResource UntagResource'),
      arn('secretsmanager', 'secret:*'),
      { StringEquals: { 'aws:ResourceTag/Project': 'ml-connector' } },
    ),
    allow('Password', ['secretsmanager:GetRandomPassword'], '*'),
    allow(
      'Queues',
      actions(
        'sqs',
        'CreateQueue DeleteQueue GetQueueAttributes SetQueueAttributes GetQueueUrl TagQueue UntagQueue ListQueueTags',
      ),
      arn('sqs', stacks),
    ),
  ],
}

const compute: Policy = {
  name: 'ml-connector-deploy-compute',
  description: 'CloudFormation: functions, roles, schedules and the HTTP API of ml-connector',
  statements: [
    allow(
      'Functions',
      actions(
        'lambda',
        'CreateFunction GetFunction GetFunctionConfiguration UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction PublishVersion AddPermission RemovePermission GetPolicy PutFunctionEventInvokeConfig GetFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig TagResource UntagResource ListTags PutFunctionRecursionConfig GetFunctionRecursionConfig GetRuntimeManagementConfig PutRuntimeManagementConfig GetFunctionCodeSigningConfig PutFunctionConcurrency DeleteFunctionConcurrency',
      ),
      arn('lambda', `function:${stacks}`),
    ),
    allow(
      'Mappings',
      actions(
        'lambda',
        'CreateEventSourceMapping GetEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping TagResource UntagResource ListTags',
      ),
      '*',
      { ArnLikeIfExists: { 'lambda:FunctionArn': arn('lambda', `function:${stacks}`) } },
    ),
    allow('Assets', ['s3:GetObject'], `arn:\${AWS::Partition}:s3:::cdk-*-assets-\${AWS::AccountId}-\${AWS::Region}/*`),
    // A role of ours stays inside the boundary: whoever deploys cannot make an administrator.
    allow(
      'RolesInsideTheBoundary',
      actions('iam', 'CreateRole PutRolePermissionsBoundary PutRolePolicy AttachRolePolicy'),
      arn('iam', `role/${stacks}`, { region: false }),
      { StringEquals: { 'iam:PermissionsBoundary': boundaryArn } },
    ),
    allow(
      'Roles',
      actions(
        'iam',
        'GetRole GetRolePolicy ListRolePolicies ListAttachedRolePolicies DeleteRole DeleteRolePolicy DetachRolePolicy UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy TagRole UntagRole',
      ),
      arn('iam', `role/${stacks}`, { region: false }),
    ),
    allow('PassRoles', ['iam:PassRole'], arn('iam', `role/${stacks}`, { region: false }), {
      StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'scheduler.amazonaws.com'] },
    }),
    allow(
      'Schedules',
      actions('scheduler', 'CreateSchedule GetSchedule UpdateSchedule DeleteSchedule'),
      arn('scheduler', `schedule/default/${stacks}`),
    ),
    allow(
      'HttpApi',
      actions('apigateway', 'GET POST PUT PATCH DELETE TagResource UntagResource'),
      `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/*`,
    ),
  ],
}

const watching: Policy = {
  name: 'ml-connector-deploy-watching',
  description: 'CloudFormation: logs, events, alarms and the dashboard of ml-connector',
  statements: [
    allow(
      'Logs',
      actions(
        'logs',
        'CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource ListTagsForResource TagLogGroup',
      ),
      [arn('logs', `log-group:${stacks}`), arn('logs', `log-group:${stacks}:*`)],
    ),
    // Neither names a resource; the delivery is what an HTTP API's access log needs.
    allow(
      'LogDelivery',
      actions(
        'logs',
        'DescribeLogGroups CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies',
      ),
      '*',
    ),
    allow(
      'Bus',
      actions(
        'events',
        'CreateEventBus DescribeEventBus UpdateEventBus DeleteEventBus PutRule DescribeRule DeleteRule PutTargets RemoveTargets ListTargetsByRule EnableRule DisableRule TagResource UntagResource ListTagsForResource',
      ),
      [arn('events', `event-bus/${buses}`), arn('events', `rule/${buses}/*`)],
    ),
    allow(
      'Alarms',
      actions('cloudwatch', 'PutMetricAlarm DeleteAlarms TagResource UntagResource ListTagsForResource'),
      arn('cloudwatch', `alarm:${stacks}`),
    ),
    allow('SeeAlarms', ['cloudwatch:DescribeAlarms'], '*'),
    allow(
      'Dashboard',
      actions('cloudwatch', 'PutDashboard GetDashboard DeleteDashboards'),
      `arn:\${AWS::Partition}:cloudwatch::\${AWS::AccountId}:dashboard/*`,
    ),
    allow(
      'Topic',
      actions(
        'sns',
        'CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes Subscribe Unsubscribe GetSubscriptionAttributes ListSubscriptionsByTopic TagResource UntagResource ListTagsForResource GetDataProtectionPolicy',
      ),
      arn('sns', stacks),
    ),
    // The template itself may read the bootstrap's version before it begins.
    allow('Bootstrap', ['ssm:GetParameters'], arn('ssm', 'parameter/cdk-bootstrap/*')),
  ],
}

/** The policies of CloudFormation's role; together they deploy, change and remove a stack. */
export const deployPolicies: readonly Policy[] = [data, compute, watching]
