import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { createLog } from '#chassis/log.ts'
import { startObjectStore } from '../../../local/cloud/object-store/start.ts'
import { listening } from '../listening.ts'

type Seen = { readonly path: string; readonly headers: IncomingHttpHeaders }
export type DocumentSite = {
  readonly url: string
  /** Every request that arrived. */
  readonly seen: readonly Seen[]
  readonly put: (path: string, document: unknown) => Promise<void>
  /** Answers everything with this from now on, as what is between may do; the documents again without it. */
  readonly instead: (answer?: { readonly status: number; readonly body: string }) => void
  /** Holds all answers back until the function that it gives is called. */
  readonly holdBack: () => () => void
  /** Kills the store and whatever is in front of it: connections are cut, and nobody listens any more. */
  readonly kill: () => Promise<void>
  readonly close: () => Promise<void>
}

const bucket = 'documents'
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' }

/** The documents bucket in the S3 stand-in with the plainest edge in front: path = key. Pages of other origins may read it. */
export async function startDocumentSite(): Promise<DocumentSite> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-documents-'))
  const log = createLog('object-store', 'silent')
  const store = await startObjectStore({ port: 0, dataDir: folder, ...credentials, buckets: [bucket], log })
  const s3 = new S3Client({
    region: 'eu-west-1',
    credentials,
    endpoint: store.url,
    forcePathStyle: true,
    maxAttempts: 1,
  })
  const seen: Seen[] = []
  let replacement: { readonly status: number; readonly body: string } | undefined
  let held = Promise.resolve()
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    seen.push({ path, headers: request.headers })
    response.setHeader('access-control-allow-origin', '*')
    const known = request.headers['if-none-match']
    held
      .then(() => (replacement ? said(response, replacement) : sendObject(s3, path, known, response)))
      .catch(() => response.destroy())
  })
  const { url, close } = await listening(server)
  let killed: Promise<void> | undefined
  const kill = (): Promise<void> => {
    killed ??= Promise.all([close(), store.close()]).then(() => s3.destroy())
    return killed
  }
  return {
    url,
    seen,
    put: async (path, document) => {
      const body = JSON.stringify(document)
      const about = { ContentType: 'application/json; charset=utf-8', CacheControl: 'public, max-age=5' }
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: path.slice(1), Body: body, ...about }))
    },
    instead: (answer) => {
      replacement = answer
    },
    holdBack: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
    kill,
    close: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function said(response: ServerResponse, { status, body }: { readonly status: number; readonly body: string }): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(body)
}

async function sendObject(s3: S3Client, path: string, known: string | undefined, response: ServerResponse) {
  try {
    const key = decodeURIComponent(path.slice(1))
    const {
      Body,
      ETag = '',
      CacheControl = '',
      ContentType = '',
    } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    const text = (await Body?.transformToString()) ?? ''
    const headers = { etag: ETag, 'cache-control': CacheControl, 'content-type': ContentType }
    if (known === ETag) response.writeHead(304, headers).end()
    else response.writeHead(200, headers).end(text)
  } catch (error) {
    const isMissing = error instanceof S3ServiceException && error.name === 'NoSuchKey'
    said(response, { status: isMissing ? 404 : 503, body: 'no document' })
  }
}
