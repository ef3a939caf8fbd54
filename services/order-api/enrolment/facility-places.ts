import type { S3Client } from '@aws-sdk/client-s3'
import type { OrderApiEnvironment } from '#contracts/environment.ts'
import type { FacilityPlaces } from './enrol.ts'

type Config = Pick<
  OrderApiEnvironment,
  | 'FACILITY_QUEUE_URL_PREFIX'
  | 'STATUS_QUEUE_URL'
  | 'PRINT_FILES_BUCKET'
  | 'AWS_ENDPOINT_URL_S3'
  | 'AWS_ENDPOINT_URL_SQS'
>

/** The places of a facility are those that this process itself works with. */
export const createFacilityPlaces =
  (config: Config, s3: Pick<S3Client, 'config'>): FacilityPlaces =>
  async (facilityId) => ({
    queueUrl: `${config.FACILITY_QUEUE_URL_PREFIX}${facilityId}`,
    statusQueueUrl: config.STATUS_QUEUE_URL,
    printFilesBucket: config.PRINT_FILES_BUCKET,
    region: await s3.config.region(),
    ...(config.AWS_ENDPOINT_URL_S3 === '' || config.AWS_ENDPOINT_URL_SQS === ''
      ? {}
      : { endpoints: { s3: config.AWS_ENDPOINT_URL_S3, sqs: config.AWS_ENDPOINT_URL_SQS } }),
  })
