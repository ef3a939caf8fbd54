import Type from 'typebox'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { repeat } from '#chassis/repeat.ts'
import { run } from '#chassis/run.ts'
import { issuedKeysIn } from '../access-keys/issued-keys.ts'
import { localLifecycle } from './file-lifecycle.ts'
import { startObjectStore } from './start.ts'

const log = createLog('object-store')

await run(log, async (signal) => {
  const config = readConfig(
    Type.Object({
      LISTEN_PORT: Type.Integer({
        minimum: 0,
        maximum: 65_535,
        description: 'port on 127.0.0.1; 0 chooses a free one',
      }),
      DATA_DIR: Type.String({ description: 'folder of the buckets' }),
      AWS_ACCESS_KEY_ID: Type.String({ description: 'the one access key that is let in' }),
      AWS_SECRET_ACCESS_KEY: Type.String({ description: 'its secret' }),
      FACILITY_KEYS_FOLDER: Type.String({ default: '', description: 'where order-api puts the keys of facilities' }),
      BUCKETS: Type.String({ description: 'bucket names, comma separated; made at start' }),
      ALLOWED_ORIGINS: Type.Optional(
        Type.String({ description: 'origins of web pages, comma separated; each may hold one *' }),
      ),
    }),
  )
  const store = await startObjectStore({
    port: config.LISTEN_PORT,
    dataDir: config.DATA_DIR,
    accessKeyId: config.AWS_ACCESS_KEY_ID,
    secretAccessKey: config.AWS_SECRET_ACCESS_KEY,
    issuedKeys: issuedKeysIn(config.FACILITY_KEYS_FOLDER),
    buckets: config.BUCKETS.split(','),
    allowedOrigins: config.ALLOWED_ORIGINS?.split(',') ?? [],
    lifecycle: localLifecycle,
    log,
  })
  log.info({ port: new URL(store.url).port }, 'listening')
  const work = async (): Promise<void> => {
    const { objects, uploads } = await store.expire(new Date())
    if (objects + uploads > 0) log.info({ objects, uploads }, 'expired')
  }
  void repeat({ name: 'expire', everyMilliseconds: 60_000, signal, log, work })
  return { drain: store.close }
})
