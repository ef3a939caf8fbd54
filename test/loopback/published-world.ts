import { createServer } from 'node:http'
import { GetObjectCommand, NoSuchKey, NotFound, type S3Client } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { createLog } from '#chassis/log.ts'
import { createHttpPurge } from '#chassis/purge/http.ts'
import { examplePublication } from '#contracts/order-api/publication.ts'
import { keyOfPath } from '#contracts/published/document-paths.ts'
import { pagesFolder } from '../../services/order-api/published/create-publishing.ts'
import { prepareRelease } from '../../services/order-api/published/prepare-release.ts'
import type { Publishing } from '../../services/order-api/published/publishing.ts'
import { dropOwed } from '../../services/order-api/published/purge/drop-owed.ts'
import type { Release } from '../../services/order-api/published/read/release.ts'
import { publishDocuments } from '../../services/order-api/published/write/publish-documents.ts'
import { listening } from './listening.ts'
import { type Answer, callerOf, fresh } from './order-api/client.ts'
import { type ApiUnderTest, startApi } from './order-api/platform.ts'

export const buckets = { primary: 'documents', standby: 'documents-standby' } as const

/** A cache that takes PURGE, and tells what it was asked to drop. */
export type CacheUnderTest = {
  readonly url: string
  dropped: string[]
  isRefusing: boolean
  readonly close: () => Promise<void>
}

export type PublishedWorld = {
  readonly api: ApiUnderTest
  readonly call: ReturnType<typeof callerOf>
  readonly publishing: Publishing
  readonly release: Release
  readonly cache: CacheUnderTest
  /** Another worker; `s3` where its store behaves otherwise. */
  readonly worker: (changes?: Partial<Publishing>) => Publishing
  readonly storesOn: (s3: { readonly primary?: S3Client; readonly standby?: S3Client }) => Publishing['stores']
  /** Publishes until nothing is due. */
  readonly publishAll: (publishing?: Publishing) => Promise<void>
  /** Makes a publication over HTTP, published unless said otherwise, and gives its id. */
  readonly make: (changes?: object) => Promise<string>
  /** Saves and publishes. */
  readonly edit: (id: string, changes: object) => Promise<Answer>
  /** Moves the clock on. */
  readonly later: (seconds: number) => void
  readonly close: () => Promise<void>
}

/** order-api with its documents' stores and a cache before them, in this process; workers are started by the tests. */
export async function startPublishedWorld(): Promise<PublishedWorld> {
  const api = await startApi()
  const cache = await startCache()
  const call = callerOf(api)
  const storesOn = ({ primary = api.s3, standby = api.s3 }): Publishing['stores'] => [
    { name: 'primary', s3: primary, bucket: buckets.primary },
    { name: 'standby', s3: standby, bucket: buckets.standby },
  ]
  const publishing: Publishing = {
    database: api.database,
    stores: storesOn({}),
    purge: createHttpPurge(cache.url),
    pagesFolder,
    log: createLog('test', 'fatal'),
    now: () => api.clock.now ?? new Date(),
  }
  const release = await prepareRelease(publishing)
  const publishAll = async (by = publishing): Promise<void> => {
    while ((await publishDocuments(by, release)) > 0);
  }
  const make = async (changes: object = {}): Promise<string> => {
    const body = { ...examplePublication, publish: true, ...changes }
    const answer = await call('POST', '/v1/publications', { headers: fresh(), body })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.json.id
  }
  return {
    api,
    call,
    publishing,
    release,
    cache,
    worker: (changes = {}) => ({ ...publishing, ...changes }),
    storesOn,
    publishAll,
    make,
    edit: (id, changes) => call('PATCH', `/v1/publications/${id}`, { body: { publish: true, ...changes } }),
    later: (seconds) => {
      api.clock.now = new Date(publishing.now().getTime() + seconds * 1000)
    },
    close: async () => {
      await cache.close()
      await api.close()
    },
  }
}

/** Moves the clock, so that what is owed at the caches a few seconds after a write is due, and drops it. */
export async function dropLater({ later, publishing }: PublishedWorld): Promise<void> {
  later(6)
  await dropOwed(publishing)
}

async function startCache(): Promise<CacheUnderTest> {
  const server = createServer((request, response) => {
    if (cache.isRefusing || request.method !== 'PURGE') {
      response.writeHead(503).end()
      return
    }
    cache.dropped.push(...String(request.headers['xkey-purge']).split(' '))
    response.writeHead(200).end()
  })
  const { url, close } = await listening(server)
  const cache: CacheUnderTest = {
    url: `${url}/`,
    dropped: [],
    isRefusing: false,
    close,
  }
  return cache
}

export type Lying = {
  readonly body: Buffer
  readonly contentType: string | undefined
  readonly contentEncoding: string | undefined
  readonly cacheControl: string | undefined
  readonly tags: string | undefined
  readonly etag: string | undefined
}

/** What lies in a bucket under a path; undefined: nothing. */
export async function lyingAt(
  { api }: Pick<PublishedWorld, 'api'>,
  path: string,
  bucket: string = buckets.primary,
): Promise<Lying | undefined> {
  try {
    const found = await api.s3.send(new GetObjectCommand({ Bucket: bucket, Key: keyOfPath(path) }))
    return {
      body: Buffer.from((await found.Body?.transformToByteArray()) ?? []),
      contentType: found.ContentType,
      contentEncoding: found.ContentEncoding,
      cacheControl: found.CacheControl,
      tags: found.Metadata?.['cache-tag'],
      etag: found.ETag,
    }
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return undefined
    throw error
  }
}

/** The document that visitors read now. */
export async function documentAt(
  world: Pick<PublishedWorld, 'api'>,
  path: string,
  bucket: string = buckets.primary,
): Promise<Answer['json']> {
  const lying = await lyingAt(world, path, bucket)
  return lying && JSON.parse(lying.body.toString('utf8'))
}

/** How many documents are wanted and not written. */
export async function waiting({ api }: Pick<PublishedWorld, 'api'>): Promise<number> {
  const sql = 'select to_jsonb(count(*)) as row from documents where wanted > written'
  const [count = 0] = await api.database.rows(Type.Integer(), sql)
  return count
}
