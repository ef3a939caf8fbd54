import { createS3, createStandbyS3 } from '#chassis/aws.ts'
import type { CheckoutWorkerEnvironment } from '#contracts/environment.ts'
import type { ButtonStore } from './put-newer.ts'

export type StoresConfig = Pick<
  CheckoutWorkerEnvironment,
  'DOCUMENTS_BUCKET' | 'STANDBY_DOCUMENTS_BUCKET' | 'STANDBY_REGION' | 'STANDBY_ENDPOINT_URL_S3'
>

/** The buckets that visitors read from; the first one is what the CDN reads as long as it is there. */
export function storesOf(config: StoresConfig): readonly ButtonStore[] {
  const { DOCUMENTS_BUCKET, STANDBY_DOCUMENTS_BUCKET } = config
  const primary = { s3: createS3(), bucket: DOCUMENTS_BUCKET }
  if (STANDBY_DOCUMENTS_BUCKET === '') return [primary]
  return [primary, { s3: createStandbyS3(config), bucket: STANDBY_DOCUMENTS_BUCKET }]
}
