import { RemovalPolicy } from 'aws-cdk-lib'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'

export interface SecretProps {
  readonly description: string
  readonly key: Key
  /** Why nothing rotates it on a schedule. */
  readonly rotation: string
  /** True keeps the secret when the stack is deleted. */
  readonly retain: boolean
}

/**
 * A secret without a value: not in the template, and none generated, which could be taken for a real one. Until
 * somebody fills it, reading it fails with ResourceNotFoundException.
 */
export class EmptySecret extends Construct {
  readonly arn: string

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id)
    const secret = new CfnSecret(this, 'Secret', { description: props.description, kmsKeyId: props.key.keyArn })
    secret.applyRemovalPolicy(props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
    this.arn = secret.ref
    acknowledge(this, { 'AwsSolutions-SMG4': props.rotation })
  }
}

/**
 * A secret whose first value AWS makes when the stack is deployed: {"current": "…"}, 64 letters and digits, which is
 * more than 32 random bytes and fits into a URL. Nobody has seen it, and it is not in the template.
 */
export class GeneratedSecret extends Construct {
  readonly arn: string

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id)
    const secret = new CfnSecret(this, 'Secret', {
      description: props.description,
      kmsKeyId: props.key.keyArn,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'current',
        passwordLength: 64,
        excludePunctuation: true,
        includeSpace: false,
      },
    })
    secret.applyRemovalPolicy(props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
    this.arn = secret.ref
    acknowledge(this, { 'AwsSolutions-SMG4': props.rotation })
  }
}
