import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { createLog } from '#chassis/log.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { tagMetadataName } from '#contracts/published/cache-tags.ts'
import { keyOfPath } from '#contracts/published/document-paths.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'
import type { Origin } from '../../local/edge/origin.ts'
import { createS3Origin } from '../../local/edge/s3-origin.ts'
import { type Listening, listening } from './listening.ts'

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' }
const buckets = { first: 'documents', standby: 'documents-standby' } as const
export type Side = keyof typeof buckets
const sides: readonly Side[] = ['first', 'standby']

/**
 * What happens to requests on their way to a store. `held`: they arrive when it is open again. `half`: a part comes that nobody asked for.
 * `unchanged`: so it says, also to whoever knows nothing.
 */
export type Weather = 'open' | 'refused' | 'silent' | 'broken' | 'held' | 'half' | 'unchanged'

/** The way to one of the stores. */
export type Gate = {
  readonly url: string
  /** Keys that were asked for. */
  readonly asked: string[]
  readonly set: (weather: Weather) => void
}

export type Published = {
  readonly body: string | Buffer
  readonly tags?: readonly string[]
  readonly cacheControl?: string
  readonly type?: string
  /** Both without it. */
  readonly side?: Side
}

export type EdgeWorld = {
  readonly gates: Readonly<Record<Side, Gate>>
  readonly origins: Readonly<Record<Side, Origin>>
  /** Puts a document as the worker does: text three times, anything else as it is. */
  readonly publish: (path: string, document: Published) => Promise<void>
  readonly remove: (path: string) => Promise<void>
  readonly asked: () => number
  readonly client: (side: Side) => S3Client
  readonly environment: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** A store with both buckets, and a way to each that can be closed. */
export async function startEdgeWorld(): Promise<EdgeWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-edge-'))
  const store = await startObjectStore({
    port: 0,
    dataDir: folder,
    ...credentials,
    buckets: Object.values(buckets),
    log: createLog('test', 'fatal'),
  })
  const servers: Listening[] = []
  const gates = { first: await startGate(store.url, servers), standby: await startGate(store.url, servers) }
  const client = (endpoint: string) =>
    new S3Client({ region: 'eu-west-1', credentials, endpoint, forcePathStyle: true, maxAttempts: 1 })
  const s3 = client(store.url)
  const clients = { first: client(gates.first.url), standby: client(gates.standby.url) }
  const put = (side: Side, path: string, body: Buffer, document: Published, encoding?: string) =>
    s3.send(
      new PutObjectCommand({
        Bucket: buckets[side],
        Key: keyOfPath(path),
        Body: body,
        ContentType: document.type ?? 'application/json; charset=utf-8',
        CacheControl: document.cacheControl ?? cacheRules.document,
        ...(encoding !== undefined && { ContentEncoding: encoding }),
        ...(document.tags && { Metadata: { [tagMetadataName]: document.tags.join(',') } }),
      }),
    )
  return {
    gates,
    origins: {
      first: createS3Origin(clients.first, buckets.first),
      standby: createS3Origin(clients.standby, buckets.standby),
    },
    publish: async (path, document) => {
      const body = Buffer.from(document.body)
      for (const side of sides.filter((each) => (document.side ?? each) === each)) {
        await put(side, path, body, document)
        if (typeof document.body !== 'string') continue
        await put(side, `${path}.br`, brotliCompressSync(body), document, 'br')
        await put(side, `${path}.gz`, gzipSync(body), document, 'gzip')
      }
    },
    remove: async (path) => {
      for (const side of sides) {
        for (const ending of ['', '.br', '.gz']) {
          await s3.send(new DeleteObjectCommand({ Bucket: buckets[side], Key: keyOfPath(path) + ending }))
        }
      }
    },
    client: (side) => clients[side],
    asked: () => gates.first.asked.length + gates.standby.asked.length,
    environment: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_S3: gates.first.url,
      STANDBY_ENDPOINT_URL_S3: gates.standby.url,
      DOCUMENTS_BUCKET: buckets.first,
      STANDBY_DOCUMENTS_BUCKET: buckets.standby,
    },
    close: async () => {
      for (const each of [s3, clients.first, clients.standby]) each.destroy()
      for (const server of servers) await server.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startGate(storeUrl: string, servers: Listening[]): Promise<Gate> {
  let weather: Weather = 'open'
  const waiting: (() => void)[] = []
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(decodeURIComponent(path.split('?')[0] ?? '').replace(/^\/[^/]*\//, ''))
    // The signature is over the address that the client called: the header stays as it is.
    const forward = () =>
      httpRequest(`${storeUrl}${path}`, { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
        .once('error', () => response.destroy())
        .end()
    if (weather === 'open') forward()
    if (weather === 'held') waiting.push(forward)
    if (weather === 'refused') request.socket.destroy()
    if (weather === 'broken') response.writeHead(500).end()
    if (weather === 'half') response.writeHead(206, { 'cache-control': 's-maxage=86400' }).end('{')
    if (weather === 'unchanged') response.writeHead(304).end()
  })
  const listener = await listening(server)
  servers.push(listener)
  return {
    url: listener.url,
    asked,
    set: (next) => {
      weather = next
      if (next === 'open') for (const forward of waiting.splice(0)) forward()
    },
  }
}
