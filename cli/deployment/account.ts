import { SQSClient } from '@aws-sdk/client-sqs'
import type { AwsCredentials } from '../../lib/pipeline/aws/api.ts'
import { WrongUse } from '../exit.ts'

/** The AWS account a command works in: what the caller's profile, environment or single sign-on gives. */
export interface Account {
  region: string
  credentials: AwsCredentials
}

/**
 * Region and credentials as the AWS command would find them (profiles, SSO, assumed roles, instance roles); any
 * client of the SDK knows how. Resolved once: a command is over before they expire. Throws WrongUse without a region.
 */
export async function accountOf(where: {
  profile?: string | undefined
  region?: string | undefined
}): Promise<Account> {
  const { config } = new SQSClient({
    ...(where.profile === undefined ? {} : { profile: where.profile }),
    ...(where.region === undefined ? {} : { region: where.region }),
  })
  const region = await config.region().catch(() => {
    throw new WrongUse('in which AWS region? Name it with --region, or set it in the profile')
  })
  const credentials = await config.credentials()
  return { region, credentials }
}
