import { S3Client } from '@aws-sdk/client-s3'
import { readConfig } from '#chassis/config.ts'
import { OperatorEnvironment } from '#contracts/environment.ts'
import { exitCodes, OperatorFault } from '../../services/order-api/operator/operator-fault.ts'
import { createStores } from '../../services/order-api/published/create-publishing.ts'
import type { Publishing } from '../../services/order-api/published/publishing.ts'
import { buckets, cloudEnvironment } from '../platform/cloud-environment.ts'
import { defaultDataFolder } from '../start-arguments.ts'
import { localAddresses } from './connect-database.ts'

/** The buckets of published documents, of the same platform as `connectDatabase`; throws OperatorFault when there are none. */
export function connectStores(dataFolder: string | undefined): Publishing['stores'] {
  const { DATABASE_RESOURCE_ARN, DOCUMENTS_BUCKET, ...standby } = readConfig(OperatorEnvironment)
  if (dataFolder !== undefined || DATABASE_RESOURCE_ARN === undefined) {
    return localStores(cloudEnvironment(localAddresses(dataFolder ?? defaultDataFolder)))
  }
  if (DOCUMENTS_BUCKET !== undefined) {
    const { STANDBY_DOCUMENTS_BUCKET = '', STANDBY_REGION = '', STANDBY_ENDPOINT_URL_S3 = '' } = standby
    return createStores({ DOCUMENTS_BUCKET, STANDBY_DOCUMENTS_BUCKET, STANDBY_REGION, STANDBY_ENDPOINT_URL_S3 })
  }
  throw new OperatorFault(exitCodes.usage, [
    'DATABASE_RESOURCE_ARN is set, but not DOCUMENTS_BUCKET.',
    'Set it to the bucket of published documents, and STANDBY_DOCUMENTS_BUCKET with STANDBY_REGION to that of the other region.',
  ])
}

function localStores(environment: Readonly<Record<string, string>>): Publishing['stores'] {
  const { AWS_REGION = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_ENDPOINT_URL_S3 = '' } = environment
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
  const s3 = new S3Client({ region: AWS_REGION, credentials, endpoint: AWS_ENDPOINT_URL_S3, forcePathStyle: true })
  return [
    { name: 'primary', s3, bucket: buckets.documents },
    { name: 'standby', s3, bucket: buckets.standbyDocuments },
  ]
}
