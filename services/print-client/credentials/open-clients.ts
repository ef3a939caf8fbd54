import type { S3Client } from '@aws-sdk/client-s3'
import type { SQSClient } from '@aws-sdk/client-sqs'
import { createS3, createSqs } from '#chassis/aws.ts'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { type Credentials, openCredentials } from './credentials.ts'

export type AwsClients = {
  readonly s3: S3Client
  readonly sqs: SQSClient
  /** Of an enrolled client; without, the SDK finds credentials by itself and nobody changes them. */
  readonly credentials?: Credentials
}

/** The clients of the SDK, with the credentials of enrolment where there are any. Throws Refused where they cannot be used. */
export async function openClients(path: string | undefined, log: Log, clock: Clock): Promise<AwsClients> {
  if (path === undefined) return { s3: createS3(), sqs: createSqs() }
  const credentials = await openCredentials(path, log, clock)
  const { region, endpoints } = credentials.current()
  const identity = { region, credentials: credentials.provider }
  return {
    s3: createS3({ ...identity, ...(endpoints ? { endpoint: endpoints.s3 } : {}) }),
    sqs: createSqs({ ...identity, ...(endpoints ? { endpoint: endpoints.sqs } : {}) }),
    credentials,
  }
}
