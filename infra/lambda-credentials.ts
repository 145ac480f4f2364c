/**
 * Stands in for @aws-sdk/credential-provider-node in the functions' bundles. Lambda gives a function its role's
 * credentials in the environment and nowhere else; the SDK's own chain (profiles, sign-in, container and instance
 * metadata) would be a fifth of every bundle and never be used. They hold as long as the environment lives.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error('the environment holds no AWS credentials')
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  }
}
