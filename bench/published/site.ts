import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { createLog } from '#chassis/log.ts'
import { keyOfPath } from '#contracts/published/document-paths.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'
import { addressesFrom, listeners } from '../../local/platform/addresses.ts'
import { buckets, cloudEnvironment } from '../../local/platform/cloud-environment.ts'
import { freePorts } from '../../local/supervisor/ports.ts'
import { startLoadProcess } from '../orders/load-process.ts'
import { type Sample, samplePublication } from './sample-publication.ts'

/** A front door of its own with one publication behind it. */
export type Site = {
  readonly sample: Sample
  readonly url: string
  readonly pid: number
  readonly close: () => Promise<void>
}

/** The store in this process, the front door in one of its own: what is known to it never comes here. */
export async function startSite(folder: string): Promise<Site> {
  const sample = await samplePublication(folder)
  const addresses = addressesFrom(await freePorts(listeners.length))
  const environment = cloudEnvironment(addresses)
  const credentials = {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
  }
  const store = await startObjectStore({
    port: addresses.port('object-store'),
    dataDir: join(folder, 'store'),
    ...credentials,
    buckets: Object.values(buckets),
    log: createLog('object-store', 'error'),
  })
  try {
    const s3 = new S3Client({ region: 'eu-west-1', endpoint: store.url, credentials })
    for (const { path, body, contentType, cacheControl, contentEncoding } of sample.objects) {
      await s3.send(
        new PutObjectCommand({
          Bucket: buckets.documents,
          Key: keyOfPath(path),
          Body: body,
          ContentType: contentType,
          CacheControl: cacheControl,
          ContentEncoding: contentEncoding,
        }),
      )
    }
    s3.destroy()
    const door = await startLoadProcess(join(import.meta.dirname, '..', '..', 'local', 'front-door', 'main.ts'), {
      ...environment,
      DOCUMENTS_BUCKET: buckets.documents,
      STANDBY_DOCUMENTS_BUCKET: buckets.standbyDocuments,
      LISTEN_PORT: String(addresses.port('front-door')),
      ORDER_API_URL: addresses.url('order-api'),
      CHECKOUT_URL: addresses.url('button-checkout'),
      SHOP_FILE: join(folder, 'shop.json'),
      MAIL_URL: addresses.url('mailbox'),
      SAMPLES_FOLDER: join(folder, 'samples'),
      FACILITIES: '[]',
    })
    const close = async (): Promise<void> => {
      await door.close()
      await store.close()
    }
    return { sample, url: addresses.url('front-door'), pid: door.pid, close }
  } catch (error) {
    await store.close()
    throw error
  }
}
