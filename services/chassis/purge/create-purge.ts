import { createCloudFront } from '../aws.ts'
import { createCloudFrontPurge } from './cloudfront.ts'
import { createHttpPurge } from './http.ts'
import { type Purge, purgeAll } from './purge.ts'

/** All caches that the environment names, as one; undefined when it names none. */
export function createPurge(config: {
  readonly CDN_DISTRIBUTION_ID: string
  readonly PURGE_URLS: string
}): Purge | undefined {
  const { CDN_DISTRIBUTION_ID, PURGE_URLS } = config
  const urls = PURGE_URLS.split(',').filter((url) => url.trim() !== '')
  const purges = [
    ...(CDN_DISTRIBUTION_ID === '' ? [] : [createCloudFrontPurge(createCloudFront(), CDN_DISTRIBUTION_ID)]),
    ...urls.map((url) => createHttpPurge(url.trim())),
  ]
  return purges.length === 0 ? undefined : purgeAll(purges)
}
