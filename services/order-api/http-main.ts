import { createRdsData, createS3, createSqs } from '#chassis/aws.ts'
import { systemClock } from '#chassis/clock.ts'
import { readConfig } from '#chassis/config.ts'
import { createDatabase } from '#chassis/database.ts'
import { createLog } from '#chassis/log.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import { run } from '#chassis/run.ts'
import { OrderApiEnvironment } from '#contracts/environment.ts'
import { createApp } from './app.ts'
import { createContext } from './context.ts'

const mostWaitingToConnect = 4096
const config = readConfig(OrderApiEnvironment)
const log = createLog('order-api', config.LOG_LEVEL)
const database = createDatabase(createRdsData(), config)
const now = systemClock.now
const url = config.SHARED_CACHE_URL
// Its client takes half a second to load: only who has a server pays for it.
const shared = url && (await import('#chassis/cache/redis.ts')).createRedisStore({ url, log, now })
const context = createContext({
  config,
  database,
  s3: createS3(),
  writer: createQueueWriter(createSqs()),
  log,
  now,
  ...(shared ? { shared } : {}),
})
await run(log, async () => {
  const app = await createApp(context, config.PUBLIC_URL)
  await app.listen({
    host: config.LISTEN_HOST,
    port: config.LISTEN_PORT,
    // A full queue drops callers, who then wait for seconds; here they are told at once to come again.
    backlog: mostWaitingToConnect,
    listenTextResolver: () => 'listening',
  })
  return { drain: () => app.close() }
})
