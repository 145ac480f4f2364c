import { Match } from 'aws-cdk-lib/assertions'
import { deployment, textOf } from './deployment.ts'

const dev = deployment()
const prod = deployment({ stage: 'prod' })

describe('what is stored', () => {
  it('lies in tables on demand, with recovery to any second, time to live and our own key', () => {
    dev.template.resourceCountIs('AWS::DynamoDB::Table', 3)
    dev.template.allResourcesProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() },
    })
  })

  it('has the keys that the stores expect', () => {
    const keysOf = (prefix: string) =>
      (dev.one('AWS::DynamoDB::Table', prefix)[1].Properties.KeySchema as { AttributeName: string }[]).map(
        (k) => k.AttributeName,
      )
    expect(keysOf('StorageLedger')).toEqual(['pk', 'sk'])
    expect(keysOf('StorageTables')).toEqual(['pk', 'sk'])
    expect(keysOf('StorageState')).toEqual(['pk'])
  })

  it('lies in a bucket that is private, encrypted with our own key and reached by TLS 1.2 only', () => {
    dev.template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Match.anyValue() } },
        ],
      },
      LifecycleConfiguration: { Rules: [Match.objectLike({ Status: 'Enabled' })] },
    })
    const policy = textOf(dev.resources('AWS::S3::BucketPolicy')[0]?.[1].Properties.PolicyDocument)
    expect(policy).toContain('"aws:SecureTransport":"false"')
    expect(policy).toContain('"s3:TlsVersion":1.2')
  })

  it('is encrypted with a key that rotates', () => {
    dev.template.allResourcesProperties('AWS::KMS::Key', { EnableKeyRotation: true })
  })

  it('keeps no credential in the template: the secrets are created without a value', () => {
    const secrets = dev.resources('AWS::SecretsManager::Secret')
    expect(secrets).toHaveLength(4)
    for (const [, { Properties }] of secrets) {
      expect(Properties).not.toHaveProperty('SecretString')
      expect(Properties).not.toHaveProperty('GenerateSecretString')
      expect(Properties).toHaveProperty('KmsKeyId')
    }
  })

  it('survives the stack in production, and goes with it elsewhere', () => {
    const kept = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret']
    for (const type of [...kept, 'AWS::Logs::LogGroup']) {
      expect(new Set(prod.resources(type).map(([, r]) => r.DeletionPolicy))).toEqual(new Set(['Retain']))
      expect(new Set(dev.resources(type).map(([, r]) => r.DeletionPolicy))).toEqual(new Set(['Delete']))
    }
    prod.template.allResourcesProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: true })
    expect([prod.stack.terminationProtection, dev.stack.terminationProtection]).toEqual([true, false])
  })

  it('keeps its logical ids: a new id would replace the resource and lose its data', () => {
    const stateful =
      /^AWS::(DynamoDB::Table|S3::Bucket|KMS::Key|SQS::Queue|SecretsManager::Secret|Events::EventBus|SNS::Topic)$/
    const ids = Object.entries(dev.template.toJSON().Resources as Record<string, { Type: string }>)
      .filter(([, r]) => stateful.test(r.Type))
      .map(([id]) => id)
    expect(ids.sort()).toEqual([
      'AlarmsTopic3A2DFEBA',
      'BusEA82B648',
      'ConnectionacumaticaCredentialsSecret71846623',
      'ConnectionacumaticaPushDeadLetters479DD509',
      'ConnectionacumaticaPushQueue508E1675',
      'ConnectionacumaticaTokensSecret116B47A7',
      'ConnectionspsCredentialsSecret8A753208',
      'ConnectionspsPushDeadLettersF86F0EA4',
      'ConnectionspsPushQueue7B453E53',
      'ConnectionspsTokensSecret7C57B20D',
      'DocumentsDeadLettersE40BAE9A',
      'DocumentsQueue2308F2E1',
      'StorageKeyBAA9457B',
      'StorageLedger5E7CB2E3',
      'StoragePayloadsCE68CCE3',
      'StorageStateA15002BE',
      'StorageTables4B69D173',
    ])
  })
})
