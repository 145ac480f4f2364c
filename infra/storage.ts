import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'

export interface StorageProps {
  /** True keeps tables, bucket and key when the stack is deleted, and protects the tables against deletion. */
  readonly retain: boolean
}

/**
 * All that outlives a run: ledger, state, cross-reference tables, payloads over the item limit, and the key they
 * are encrypted with. Renaming a construct id here replaces the resource and loses its data; a test pins the
 * logical ids.
 */
export class Storage extends Construct {
  readonly key: Key
  /** Documents and everything that became of them. Keys: pk, sk. */
  readonly ledger: Table
  /** Cursors, leases, pauses, connection states. Key: pk. */
  readonly state: Table
  /** Cross-reference tables, every version. Keys: pk, sk. */
  readonly tables: Table
  readonly payloads: Bucket

  constructor(scope: Construct, id: string, props: StorageProps) {
    super(scope, id)
    const removalPolicy = props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY

    this.key = new Key(this, 'Key', {
      description: 'ml-connector: tables, payloads, secrets and alarms',
      enableKeyRotation: true,
      removalPolicy,
    })
    // CloudWatch publishes to the encrypted alarm topic with its own principal.
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'CloudWatchAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )

    const table = (name: string, sortKey: boolean) =>
      new Table(this, name, {
        partitionKey: { name: 'pk', type: AttributeType.STRING },
        ...(sortKey ? { sortKey: { name: 'sk', type: AttributeType.STRING } } : {}),
        billingMode: BillingMode.PAY_PER_REQUEST,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        timeToLiveAttribute: 'expiresAt',
        encryption: TableEncryption.CUSTOMER_MANAGED,
        encryptionKey: this.key,
        deletionProtection: props.retain,
        removalPolicy,
      })
    this.ledger = table('Ledger', true)
    this.state = table('State', false)
    this.tables = table('Tables', true)

    this.payloads = new Bucket(this, 'Payloads', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      // One data key for many objects: a request to KMS less for each.
      bucketKeyEnabled: true,
      versioned: true,
      lifecycleRules: [
        {
          id: 'NoLeftovers',
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          // Object names end in a hash of the content, so an older version is only ever a deleted object.
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        },
      ],
      removalPolicy,
    })
    acknowledge(this.payloads, {
      'AwsSolutions-S1':
        'Only three roles can read the bucket and the ledger names who read what; access logs would be a second copy of ' +
        'business keys. Accounts that need them switch on CloudTrail data events for all buckets.',
    })
  }
}
