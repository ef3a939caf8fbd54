import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { ProcessorEnvironment } from '#contracts/environment.ts'
import { createEdge } from '../edge/edge.ts'
import { originOf } from '../edge/stores.ts'
import { readShops, startFrontDoor } from './front-door.ts'

const log = createLog('front-door')
/** Where documents lie is said as it is to those who write them. */
const { DOCUMENTS_BUCKET, STANDBY_DOCUMENTS_BUCKET, STANDBY_REGION, STANDBY_ENDPOINT_URL_S3 } =
  ProcessorEnvironment.properties

await run(log, async (signal) => {
  const config = readConfig(
    Type.Object({
      LISTEN_PORT: Type.Integer({ minimum: 0, maximum: 65_535, description: 'port on 127.0.0.1' }),
      ...{ DOCUMENTS_BUCKET, STANDBY_DOCUMENTS_BUCKET, STANDBY_REGION, STANDBY_ENDPOINT_URL_S3 },
      ORDER_API_URL: Type.String({ description: 'order-api, without a slash at the end' }),
      CHECKOUT_URL: Type.String({ description: 'button-checkout, without a slash at the end' }),
      PAYMENTS_URL: Type.String({ description: 'the stand-in that takes payments' }),
      MAIL_URL: Type.String({ description: 'the mailbox page' }),
      SAMPLES_FOLDER: Type.String({ description: 'files to try Printcloud with; may be missing' }),
      SHOP_FILE: Type.String({ description: 'what the demo shop sells; there once it is open' }),
      FACILITIES: Type.String({ description: 'JSON: [{id, name, city, country, hotFolder, pageUrl}]' }),
    }),
  )
  const door = await startFrontDoor({
    port: config.LISTEN_PORT,
    orderApiUrl: config.ORDER_API_URL,
    checkoutUrl: config.CHECKOUT_URL,
    edge: createEdge({ origin: originOf(config), signal }),
    paymentsUrl: config.PAYMENTS_URL,
    mailUrl: config.MAIL_URL,
    samplesFolder: config.SAMPLES_FOLDER,
    shopFile: config.SHOP_FILE,
    shops: readShops(config.FACILITIES),
    log,
  })
  return { drain: door.close }
})
