import { join } from 'node:path'
import { createS3, createStandbyS3 } from '#chassis/aws.ts'
import { createPurge } from '#chassis/purge/create-purge.ts'
import type { OrderWorkerEnvironment } from '#contracts/environment.ts'
import type { Publishing } from './publishing.ts'
import type { DocumentStore } from './write/document-store.ts'
import { patientStore } from './write/patient-store.ts'

export type StoresConfig = Pick<
  OrderWorkerEnvironment,
  'DOCUMENTS_BUCKET' | 'STANDBY_DOCUMENTS_BUCKET' | 'STANDBY_REGION' | 'STANDBY_ENDPOINT_URL_S3'
>
type Config = StoresConfig & Pick<OrderWorkerEnvironment, 'CDN_DISTRIBUTION_ID' | 'PURGE_URLS'>

/** Where the pages are that come with the release. */
export const pagesFolder = join(import.meta.dirname, 'pages')

/** The bucket of this region, and the one of the other where there is one. */
export function createStores(config: StoresConfig): Publishing['stores'] {
  const { DOCUMENTS_BUCKET, STANDBY_DOCUMENTS_BUCKET } = config
  const primary: DocumentStore = { name: 'primary', s3: createS3(), bucket: DOCUMENTS_BUCKET }
  if (STANDBY_DOCUMENTS_BUCKET === '') return [primary]
  return [primary, { name: 'standby', s3: patientStore(createStandbyS3(config)), bucket: STANDBY_DOCUMENTS_BUCKET }]
}

/** Publishing as the environment says. */
export function createPublishing(
  config: Config,
  parts: Pick<Publishing, 'database' | 'keyring' | 'log' | 'now'>,
): Publishing {
  const purge = createPurge(config)
  return {
    ...parts,
    stores: createStores(config),
    ...(purge === undefined ? {} : { purge }),
    pagesFolder,
  }
}
