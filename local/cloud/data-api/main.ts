import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { startDataApi } from './start-data-api.ts'

const log = createLog('data-api')

await run(log, async () => {
  const config = readConfig(
    Type.Object({
      LISTEN_PORT: Type.Integer({ minimum: 1, maximum: 65_535, description: 'port on 127.0.0.1' }),
      POSTGRES_URL: Type.String({ description: 'postgres://user@127.0.0.1:port/database' }),
      RESOURCE_ARN: Type.String({ description: 'the only cluster that callers may name' }),
      SECRET_ARN: Type.String({ description: 'the only secret that callers may name' }),
    }),
  )
  const dataApi = await startDataApi({
    port: config.LISTEN_PORT,
    postgresUrl: config.POSTGRES_URL,
    resourceArn: config.RESOURCE_ARN,
    secretArn: config.SECRET_ARN,
    log,
  })
  return { drain: dataApi.close }
})
