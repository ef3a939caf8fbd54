import { S3Client } from '@aws-sdk/client-s3'
import type { StandbyAddress } from '#chassis/aws.ts'
import type { Origin } from './origin.ts'
import { createOriginGroup } from './origin-group.ts'
import { createS3Origin } from './s3-origin.ts'

export type DocumentStores = StandbyAddress & {
  readonly DOCUMENTS_BUCKET: string
  readonly STANDBY_DOCUMENTS_BUCKET: string
}

/** The two buckets as one origin. Each store gets one try: the second try is the other store. */
export function originOf(stores: DocumentStores): Origin {
  const { DOCUMENTS_BUCKET, STANDBY_DOCUMENTS_BUCKET, STANDBY_REGION, STANDBY_ENDPOINT_URL_S3 } = stores
  const standby = {
    ...(STANDBY_REGION === '' ? {} : { region: STANDBY_REGION }),
    ...(STANDBY_ENDPOINT_URL_S3 === '' ? {} : { endpoint: STANDBY_ENDPOINT_URL_S3 }),
  }
  return createOriginGroup({
    first: createS3Origin(new S3Client({ maxAttempts: 1 }), DOCUMENTS_BUCKET),
    standby:
      STANDBY_DOCUMENTS_BUCKET === ''
        ? undefined
        : createS3Origin(new S3Client({ maxAttempts: 1, ...standby }), STANDBY_DOCUMENTS_BUCKET),
  })
}
