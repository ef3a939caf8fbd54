import { S3Client } from '@aws-sdk/client-s3'
import { createS3 } from '#chassis/aws.ts'
import { readConfig } from '#chassis/config.ts'
import { OperatorEnvironment } from '#contracts/environment.ts'
import { exitCodes, OperatorFault } from '../../services/order-api/operator/operator-fault.ts'
import type { ClaimPlace } from '../../services/order-api/restore/read-claims.ts'
import { buckets, cloudEnvironment } from '../platform/cloud-environment.ts'
import { defaultDataFolder } from '../start-arguments.ts'
import { localAddresses } from './connect-database.ts'

/** The bucket of the claims, of the same platform as `connectDatabase`; throws OperatorFault when there is none. */
export function connectClaims(dataFolder: string | undefined): ClaimPlace {
  const { DATABASE_RESOURCE_ARN, PRINT_FILES_BUCKET } = readConfig(OperatorEnvironment)
  if (dataFolder !== undefined || DATABASE_RESOURCE_ARN === undefined) {
    const environment = cloudEnvironment(localAddresses(dataFolder ?? defaultDataFolder))
    return { s3: localStore(environment), bucket: buckets.printFiles }
  }
  if (PRINT_FILES_BUCKET !== undefined) return { s3: createS3(), bucket: PRINT_FILES_BUCKET }
  throw new OperatorFault(exitCodes.usage, [
    'DATABASE_RESOURCE_ARN is set, but not PRINT_FILES_BUCKET.',
    'Set it to the bucket that the print clients put their claims into.',
  ])
}

function localStore(environment: Readonly<Record<string, string>>): S3Client {
  const { AWS_REGION = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_ENDPOINT_URL_S3 = '' } = environment
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
  return new S3Client({ region: AWS_REGION, credentials, endpoint: AWS_ENDPOINT_URL_S3, forcePathStyle: true })
}
