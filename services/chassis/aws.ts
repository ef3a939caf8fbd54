import { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { RDSDataClient } from '@aws-sdk/client-rds-data'
import { S3Client } from '@aws-sdk/client-s3'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { SQSClient } from '@aws-sdk/client-sqs'
import { NodeHttpHandler } from '@smithy/node-http-handler'

/** A statement takes milliseconds; three tries of this length keep every API request below 10 s (PROMISES P08). */
const answerWithinMilliseconds = 3_000
/** A long poll lasts 20 s; this leaves room for a slow network. */
const pollWithinMilliseconds = 30_000
const connectWithinMilliseconds = 2_000

const handler = (requestTimeout: number, maxSockets: number) =>
  new NodeHttpHandler({
    connectionTimeout: connectWithinMilliseconds,
    requestTimeout,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets },
    httpsAgent: { keepAlive: true, maxSockets },
  })

/** Of whoever has credentials of its own: what it says goes before the environment. */
export type AwsIdentity = {
  readonly region: string
  readonly endpoint?: string
  /** Asked before each request. */
  readonly credentials: () => Promise<{
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly expiration?: Date
  }>
}

/** Addresses and credentials come from the environment as the SDK itself reads it (AWS_ENDPOINT_URL_SQS locally), or from `identity`. */
export const createSqs = (identity?: AwsIdentity): SQSClient =>
  new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: handler(pollWithinMilliseconds, 50), ...identity })

/** For objects of any size: the limit is on silence, not on the whole transfer. */
export const createS3 = (identity?: AwsIdentity): S3Client =>
  new S3Client({
    requestHandler: handler(pollWithinMilliseconds, 50),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...identity,
  })

export type StandbyAddress = { readonly STANDBY_REGION: string; readonly STANDBY_ENDPOINT_URL_S3: string }

/**
 * The store of the standby bucket: in another region, and locally at another address; where neither is set, the store of this region.
 * For small objects. A region that is away is told after seconds: whoever writes to both must not wait for it.
 */
export const createStandbyS3 = ({ STANDBY_REGION, STANDBY_ENDPOINT_URL_S3 }: StandbyAddress): S3Client =>
  new S3Client({
    requestHandler: handler(answerWithinMilliseconds, 50),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: 2,
    ...(STANDBY_REGION === '' ? {} : { region: STANDBY_REGION }),
    ...(STANDBY_ENDPOINT_URL_S3 === '' ? {} : { endpoint: STANDBY_ENDPOINT_URL_S3 }),
  })

/** Aurora through the RDS Data API. */
export const createRdsData = (): RDSDataClient =>
  new RDSDataClient({ requestHandler: handler(answerWithinMilliseconds, 64) })

/** CloudFront is one for the whole world, and it is asked in Virginia. */
export const createCloudFront = (): CloudFrontClient =>
  new CloudFrontClient({ region: 'us-east-1', requestHandler: handler(answerWithinMilliseconds, 8) })

/** A visitor waits: three tries of a second, where a read or a write takes milliseconds. */
const itemWithinMilliseconds = 1_000
const triesOfAnItem = 3

/** DynamoDB: the checkouts. */
export const createDynamo = (): DynamoDBClient =>
  new DynamoDBClient({ maxAttempts: triesOfAnItem, requestHandler: handler(itemWithinMilliseconds, 64) })

/** Mail (SES v2). A second try after a lost answer could send a mail twice: whoever sends decides about that. */
export const createSes = (): SESv2Client =>
  new SESv2Client({ requestHandler: handler(answerWithinMilliseconds, 8), maxAttempts: 1 })
