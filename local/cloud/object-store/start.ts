import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from '#chassis/log.ts'
import type { IssuedKeys } from '../access-keys/issued-keys.ts'
import type { Bucket } from './disk/bucket.ts'
import type { LifecycleRule } from './disk/bucket-settings.ts'
import { Buckets } from './disk/buckets.ts'
import { type Expired, expireBucket } from './disk/expire.ts'
import { createHandler } from './handle.ts'
import { createCors } from './protocol/cors.ts'
import { knownKeys } from './signature/known-keys.ts'

export type ObjectStoreOptions = {
  /** On 127.0.0.1; 0 chooses a free one. */
  readonly port: number
  /** Made when it is missing; one process at a time. */
  readonly dataDir: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Keys of facilities, which may use what is theirs. */
  readonly issuedKeys?: IssuedKeys
  /** Made when they are missing. */
  readonly buckets: readonly string[]
  /** For browsers; each may hold one `*`. None by default. */
  readonly allowedOrigins?: readonly string[]
  /** Given at the start to every bucket that has no other lifecycle rules than those of these names. */
  readonly lifecycle?: readonly LifecycleRule[]
  readonly now?: () => Date
  readonly log: Log
}

export type ObjectStore = {
  /** Without a slash at the end. */
  readonly url: string
  /** Applies every bucket's lifecycle rules as of `now`. */
  readonly expire: (now: Date) => Promise<Expired>
  /** Takes no new request, lets the running ones finish for up to 5 s, closes all files. */
  readonly close: () => Promise<void>
}

/** How long `close` waits for running requests. */
const closeLimitMilliseconds = 5000

/** Serves S3's protocol, path style, from a folder. Resolves when it takes requests. */
export async function startObjectStore(options: ObjectStoreOptions): Promise<ObjectStore> {
  const { log, now = () => new Date() } = options
  const buckets = await Buckets.open(options.dataDir, now())
  for (const name of options.buckets) if (!buckets.get(name)) await buckets.create(name, now())
  await giveRules(buckets.all(), options.lifecycle ?? [])
  const handle = createHandler({
    buckets,
    credentials: knownKeys(options),
    cors: createCors(options.allowedOrigins ?? []),
    now,
    log,
  })
  // Idle connections outlive those of the SDK's agent, which would otherwise now and then write into a closing one.
  // A request may take as long as its body does: gigabytes over a slow line are not an attack here.
  const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0, headersTimeout: 60_000 })
  server.on('request', (incoming, outgoing) => void handle(incoming, outgoing, false))
  server.on('checkContinue', (incoming, outgoing) => void handle(incoming, outgoing, true))
  const { port } = await listen(server, options.port)
  return {
    url: `http://127.0.0.1:${port}`,
    expire: async (at) => {
      let total: Expired = { objects: 0, uploads: 0 }
      for (const bucket of buckets.all()) {
        const { objects, uploads } = await expireBucket(bucket, at)
        total = { objects: total.objects + objects, uploads: total.uploads + uploads }
      }
      return total
    },
    close: async () => {
      await closeServer(server)
      await buckets.close()
    },
  }
}

async function giveRules(buckets: readonly Bucket[], lifecycle: readonly LifecycleRule[]): Promise<void> {
  const given = new Set(lifecycle.map(({ id }) => id))
  for (const bucket of lifecycle.length > 0 ? buckets : []) {
    // What an earlier release gave is replaced; what somebody put there stays.
    const isOurs = bucket.settings.lifecycle.every(({ id }) => given.has(id))
    if (isOurs) await bucket.changeSettings({ lifecycle: [...lifecycle] })
  }
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address !== null && typeof address === 'object') resolve(address)
      else reject(new Error('no address to listen on'))
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    // A connection that is kept alive becomes idle only when its request ends, so idle ones are closed again and again.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    const limit = setTimeout(() => server.closeAllConnections(), closeLimitMilliseconds)
    server.close((error) => {
      clearInterval(sweep)
      clearTimeout(limit)
      if (error) reject(error)
      else resolve()
    })
  })
}
