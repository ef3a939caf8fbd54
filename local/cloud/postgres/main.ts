import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { startPostgres } from './start-postgres.ts'

const log = createLog('postgres')

await run(log, async () => {
  const config = readConfig(
    Type.Object({
      LISTEN_PORT: Type.Integer({ minimum: 1, maximum: 65_535, description: 'port on 127.0.0.1' }),
      DATA_DIR: Type.String({ description: 'folder of the database, made when missing' }),
    }),
  )
  const postgres = await startPostgres({ port: config.LISTEN_PORT, dataDir: config.DATA_DIR, log })
  // Nothing here can mend a dead database: the supervisor starts a new wrapper, and that one recovers it.
  void postgres.died.then((reason) => {
    log.fatal({ reason }, 'postgres_died')
    log.flush()
    process.exit(1)
  })
  return { drain: postgres.close }
})
