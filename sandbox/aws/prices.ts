/** List prices of us-east-1 in dollars for one unit (anchors B.5). DynamoDB on demand, Lambda on arm64. */
export const prices = {
  dynamodbWriteUnit: 0.625e-6,
  dynamodbReadUnit: 0.125e-6,
  sqsFifoRequest: 0.5e-6,
  sqsStandardRequest: 0.4e-6,
  eventBridgeEvent: 1e-6,
  secretsManagerCall: 0.05 / 10_000,
  s3Put: 5e-6,
  s3Get: 0.4e-6,
  lambdaRequest: 0.2e-6,
  lambdaGigabyteSecond: 0.0000133334,
  schedulerInvocation: 1e-6,
  httpApiRequest: 1e-6,
} as const

export type Billable = keyof typeof prices
