import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { readShops, startFrontDoor } from './front-door.ts'

const log = createLog('front-door')

await run(log, async () => {
  const config = readConfig(
    Type.Object({
      LISTEN_PORT: Type.Integer({ minimum: 0, maximum: 65_535, description: 'port on 127.0.0.1' }),
      ORDER_API_URL: Type.String({ description: 'order-api, without a slash at the end' }),
      MAIL_URL: Type.String({ description: 'the mailbox page' }),
      SAMPLES_FOLDER: Type.String({ description: 'files to try Printcloud with; may be missing' }),
      FACILITIES: Type.String({ description: 'JSON: [{id, name, city, country, hotFolder}]' }),
    }),
  )
  const door = await startFrontDoor({
    port: config.LISTEN_PORT,
    orderApiUrl: config.ORDER_API_URL,
    mailUrl: config.MAIL_URL,
    samplesFolder: config.SAMPLES_FOLDER,
    shops: readShops(config.FACILITIES),
    log,
  })
  return { drain: door.close }
})
